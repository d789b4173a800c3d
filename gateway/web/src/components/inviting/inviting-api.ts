// Offers someone a role: the answer holds the link, this once.
import * as z from 'zod/mini'
import { post } from '@/lib/api'

const invitation = z.object({ email: z.string(), role: z.string(), token: z.string(), expires_at: z.string() })
export const invite = (email: string, role: string) => post('/rest/v1/rpc/invite_member', { email, role }, invitation)

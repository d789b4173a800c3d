// Deletes the account that is shown, and goes back to the list.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { DeleteAccountDialog } from '@/components/ending/delete-account-dialog'
import { ACCOUNT } from '../api'
import { useShown } from '../shown'
import { markGone } from './gone'

export function DeleteDialog({ onClose }: { onClose: () => void }) {
  const { page } = useShown()
  const navigate = useNavigate()
  const client = useQueryClient()
  const leave = async () => {
    markGone(page.account.id)
    // first, or the page asks once more for what is gone
    await navigate({ to: '/dashboard/accounts', search: {} })
    client.removeQueries({ queryKey: [...ACCOUNT, page.account.id] })
    void client.invalidateQueries()
  }
  return <DeleteAccountDialog account={page.account} onClose={onClose} onDeleted={() => void leave()} />
}

import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { ApiError } from '@/lib/api'
import { LoginForm } from './login-form'

const refuse = (status: number, retryAfter = 0) => new ApiError('E-mail or password is wrong.', { status, code: 'x', retryAfter })
const password = () => screen.getByLabelText<HTMLInputElement>('Password')
const button = () => screen.getByRole('button', { name: /^Sign/ })

function show(signIn: (email: string, password: string) => Promise<void>) {
  const onUnreachable = vi.fn()
  render(<LoginForm signIn={signIn} onUnreachable={onUnreachable} />)
  return { onUnreachable, user: userEvent.setup() }
}

async function fill(user: ReturnType<typeof userEvent.setup>) {
  await user.type(screen.getByLabelText('E-mail'), ' admin@acme.com ')
  await user.type(password(), 'secret 1')
}

test('a password manager finds both fields', () => {
  show(async () => {})
  expect(screen.getByLabelText('E-mail')).toHaveAttribute('autocomplete', 'username')
  expect(password()).toHaveAttribute('autocomplete', 'current-password')
  expect(screen.getByLabelText('E-mail')).toHaveFocus()
})

test('Enter submits once, and the button says so meanwhile', async () => {
  let done = () => {}
  const signIn = vi.fn(() => new Promise<void>((resolve) => (done = resolve)))
  const { user } = show(signIn)
  await fill(user)
  await user.keyboard('{Enter}{Enter}')
  await user.click(button())
  expect(signIn).toHaveBeenCalledExactlyOnceWith('admin@acme.com', 'secret 1')
  expect(button()).toHaveTextContent('Signing in')
  expect(button()).toHaveAttribute('aria-busy', 'true')
  done()
  expect(await screen.findByRole('button', { name: 'Sign in' })).not.toHaveAttribute('aria-busy')
})

test('an empty field is named and takes the focus, without a request', async () => {
  const signIn = vi.fn(async () => {})
  const { user } = show(signIn)
  await user.click(button())
  expect(screen.getByLabelText('E-mail')).toHaveFocus()
  expect(screen.getByLabelText('E-mail')).toHaveAccessibleDescription('Enter your e-mail address.')
  expect(password()).toBeInvalid()
  expect(signIn).not.toHaveBeenCalled()
})

test("a refusal shows the server's sentence, takes the focus, and keeps the password selected", async () => {
  const { user } = show(() => Promise.reject(refuse(401)))
  await fill(user)
  await user.keyboard('{Enter}')
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('E-mail or password is wrong.')
  expect(alert).toHaveFocus()
  expect(password()).toHaveValue('secret 1')
  expect([password().selectionStart, password().selectionEnd]).toEqual([0, 8])
})

test('a second refusal takes the focus again', async () => {
  const { user } = show(() => Promise.reject(refuse(401)))
  await fill(user)
  await user.click(button())
  await user.click(button())
  expect(await screen.findByRole('alert')).toHaveFocus()
})

test('too many attempts count down and hold the button', async () => {
  const signIn = vi.fn(() => Promise.reject(refuse(429, 42)))
  const { user } = show(signIn)
  await fill(user)
  await user.keyboard('{Enter}')
  expect(await screen.findByText('Too many attempts. Try again in 42 s.')).toBeVisible()
  await user.click(button())
  expect(signIn).toHaveBeenCalledTimes(1)
})

test('a gateway that cannot be reached is not blamed on what was typed', async () => {
  const { user, onUnreachable } = show(() => Promise.reject(refuse(503)))
  await fill(user)
  await user.keyboard('{Enter}')
  expect(onUnreachable).toHaveBeenCalledOnce()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('the password can be shown, and pasted', async () => {
  const { user } = show(async () => {})
  await user.click(password())
  await user.paste('from a manager')
  await user.click(screen.getByRole('button', { name: 'Show password' }))
  expect(password()).toHaveAttribute('type', 'text')
  expect(password()).toHaveValue('from a manager')
})

test('Caps Lock is pointed out', async () => {
  const { user } = show(async () => {})
  await user.click(password())
  await user.keyboard('{CapsLock}a')
  expect(screen.getByText('Caps Lock is on')).toBeVisible()
  expect(password()).toHaveAccessibleDescription('Caps Lock is on')
})

// For the strict content policy: what locks the scrolling behind a dialog adds one style element, which needs the nonce.
import { setNonce } from 'get-nonce'

setNonce(document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '')

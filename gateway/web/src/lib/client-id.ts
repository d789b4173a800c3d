// Names this tab to the server, so that its own changes are left out of the live events it hears.
// randomUUID is missing where the pages are served without TLS
export const clientId = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

// What the later pages say, each part a download of its own.
export const late = {
  account: () => import('./account').then((m) => m.account),
  accountTabs: () => import('./account-tabs').then((m) => m.accountTabs),
  accounts: () => import('./accounts').then((m) => m.accounts),
  criteria: () => import('./criteria').then((m) => m.criteria),
  edit: () => import('./edit').then((m) => m.edit),
  load: () => import('./import').then((m) => m.load),
  moves: () => import('./moves').then((m) => m.moves),
  parts: () => import('./parts').then((m) => m.parts),
  journey: () => import('./journey').then((m) => m.journey),
  admin: () => import('./admin').then((m) => m.admin),
  playbooks: () => import('./playbooks').then((m) => m.playbooks),
  adminHealth: () => import('./admin-health').then((m) => m.adminHealth),
  adminPeople: () => import('./admin-people').then((m) => m.adminPeople),
  leaving: () => import('./leaving').then((m) => m.leaving),
  reset: () => import('./reset').then((m) => m.reset),
  automation: () => import('./automation').then((m) => m.automation),
}

// How a person leaves an organization.
import type { leaving as words } from '../en/leaving'
import type { DictionaryOf } from '../dictionary'

export const leaving: DictionaryOf<typeof words> = {
  'leaving.title': 'Diese Organisation verlassen',
  'leaving.sub': 'Ihr Zugang endet sofort. Was Sie getan haben, bleibt im Verlauf.',
  'leaving.open': 'Verlassen',
  'leaving.ask': '{tenant} verlassen?',
  'leaving.text': 'Ihre Sitzungen und Tokens hier enden sofort. Nur ein Administrator kann Sie wieder einladen.',
  'leaving.submit': '{tenant} verlassen',
  'leaving.noAccounts': 'Sie betreuen hier keinen Kunden: nichts ist zu übergeben.',
  'leaving.handOver': { one: 'Sie betreuen {n} Kunden. Er geht an', other: 'Sie betreuen {n} Kunden. Sie gehen an' },
  'leaving.missing': 'Wählen Sie, wer übernimmt.',
  'leaving.last': 'Sie sind der letzte Tenant-Admin und können nicht gehen. Machen Sie zuerst jemand anderen dazu, unter Admin, Personen.',
}

// A change of all deliveries that match, and how many they are.
export type Many = { kind: 'retry' | 'cancel'; n: number }

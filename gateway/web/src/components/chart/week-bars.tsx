// How often something happened, week by week, as thin bars; a week without is a line on the ground.
export function WeekBars({ values, label }: { values: number[]; label: string }) {
  const top = Math.max(1, ...values)
  return (
    <svg width={values.length * 9 - 2} height="20" role="img" aria-label={label} className="block">
      {values.map((value, i) => {
        const height = value === 0 ? 1 : Math.max(3, (value / top) * 20)
        // weeks do not move
        // eslint-disable-next-line react/no-array-index-key
        return <rect key={i} x={i * 9} y={20 - height} width="7" height={height} rx="1" fill={value === 0 ? 'var(--border)' : 'var(--bar)'} />
      })}
    </svg>
  )
}

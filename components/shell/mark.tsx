/** The product's mark: four bars of a tally in a sealed bracket, 14 px, on whole pixels. */
export function Mark(props: { className?: string }) {
  return (
    <svg
      aria-hidden="true"
      width="14"
      height="14"
      shapeRendering="crispEdges"
      className={`shrink-0 fill-acc ${props.className ?? ''}`}
    >
      <path d="M0 0h2v7H0zM4 3h2v4H4zM8 0h2v11H8zM12 3h2v8h-2z" />
      <path d="M0 12h1v1h12v-1h1v2H0z" />
    </svg>
  )
}

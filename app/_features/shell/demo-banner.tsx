export function DemoBanner() {
  return (
    <p className="border-b bg-operated-soft px-5 py-2 md:px-8">
      <strong className="font-semibold">This is a demo.</strong> The cluster runs on this machine, and its workloads do
      nothing.
    </p>
  )
}

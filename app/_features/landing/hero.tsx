import { ButtonLink } from '#app/_ui/button-link.tsx'
import { CellField } from '#app/_ui/cell-field.tsx'
import { HeroGlyph } from './hero-glyph.tsx'
import { Stage } from './stage.tsx'

export function Hero() {
  return (
    <section aria-labelledby="hero-title" className="relative isolate overflow-hidden">
      <CellField />
      <div className="relative mx-auto max-w-page px-5 pt-14 pb-16 md:pt-24 md:pb-24">
        <HeroGlyph />
        <h1 id="hero-title" className="max-w-[17ch] text-4xl font-semibold tracking-[-0.035em] md:text-5xl">
          Understand your Kubernetes clusters where you write code.
        </h1>
        <p className="mt-6 max-w-[56ch] text-base text-muted md:text-lg">
          A small operator reads how your cluster is doing and writes it down inside the cluster. Your editor shows it.
          Without a key nothing leaves the cluster; with one, you get Pro.
        </p>
        <div className="mt-8 flex flex-wrap items-center gap-x-4 gap-y-3">
          <ButtonLink href="/sign-up" variant="primary" size="large">
            Connect a cluster
          </ButtonLink>
          <ButtonLink href="/docs" variant="secondary" size="large">
            Read the docs
          </ButtonLink>
          <p className="text-muted">14 days of Pro, no card.</p>
        </div>
        <Stage />
      </div>
    </section>
  )
}

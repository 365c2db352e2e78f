import { Hero } from './hero.tsx'
import { HowItWorks } from './how-it-works.tsx'
import { Pricing } from './pricing.tsx'
import { Questions } from './questions.tsx'
import { SelfHosting } from './self-hosting.tsx'
import { WhatLeaves } from './what-leaves.tsx'

export function Landing() {
  return (
    <>
      <Hero />
      <HowItWorks />
      <WhatLeaves />
      <Pricing />
      <SelfHosting />
      <Questions />
    </>
  )
}

import './overview.css'
import { mount } from '../../frame/browser/mount.tsx'
import { OverviewPage } from './overview-page.tsx'

mount(<OverviewPage />)

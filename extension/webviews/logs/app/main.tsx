import './logs.css'
import { mount } from '../../frame/browser/mount.tsx'
import { LogsPage } from './logs-page.tsx'

mount(<LogsPage />)

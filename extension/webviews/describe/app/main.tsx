import './describe.css'
import { mount } from '../../frame/browser/mount.tsx'
import { DescribePage } from './describe-page.tsx'

mount(<DescribePage />)

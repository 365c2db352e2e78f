export { findEditorCaller } from './find-caller.ts'
export { findWebviewCaller } from './find-webview-caller.ts'

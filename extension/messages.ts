import { window } from 'vscode'
import { plainText } from './plain-text.ts'

/** Messages in the corner of the editor, whose texts never become links. Each resolves with the button that was pressed. */

export function showError(text: string, ...buttons: string[]): Thenable<string | undefined> {
  return window.showErrorMessage(plainText(text), ...buttons)
}

export function showWarning(text: string, ...buttons: string[]): Thenable<string | undefined> {
  return window.showWarningMessage(plainText(text), ...buttons)
}

export function showInformation(text: string, ...buttons: string[]): Thenable<string | undefined> {
  return window.showInformationMessage(plainText(text), ...buttons)
}

/** The operator's own version, the same as package.json's and the chart's `appVersion`. */
export const OPERATOR_VERSION = '0.2.1'

export const USER_AGENT = `kube9-operator/${OPERATOR_VERSION}`

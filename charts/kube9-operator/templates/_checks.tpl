{{/* What a schema cannot say in words that help. The key itself never stands in a message. */}}
{{- define "kube9.checkValues" -}}
{{- if and .Values.apiKey .Values.existingSecret -}}
{{- fail "\n\nBoth apiKey and existingSecret are set, so it is not clear which key to use. Keep existingSecret and leave apiKey empty, or the other way round." -}}
{{- end -}}
{{- with .Values.apiKey -}}
{{- if not (and (hasPrefix "kdy_" (trim .)) (gt (len (trim .)) 10)) -}}
{{- fail "\n\napiKey is not a kube9 API key: a key begins with kdy_. Copy it again from app.kube9.io, or leave apiKey empty for operated mode." -}}
{{- end -}}
{{- end -}}
{{- if .Values.apiKey -}}
{{- $present := lookup "v1" "Secret" .Release.Namespace "kube9-operator-config" -}}
{{- if and $present (ne (dig "metadata" "labels" "app.kubernetes.io/managed-by" "" $present) "Helm") -}}
{{- fail "\n\nThe Secret kube9-operator-config is there already, and not from this chart, so its key is left as it is. Leave apiKey empty to use it, or delete the Secret first." -}}
{{- end -}}
{{- end -}}
{{- if and .Values.caBundle .Values.caBundleFrom.configMap -}}
{{- fail "\n\nBoth caBundle and caBundleFrom.configMap are set. Give the certificates in one place." -}}
{{- end -}}
{{- if and .Values.caBundle (not (contains "-----BEGIN CERTIFICATE-----" .Values.caBundle)) -}}
{{- fail "\n\ncaBundle holds no certificate: it must be PEM text, with BEGIN CERTIFICATE in it. Give it with --set-file caBundle=ca.pem." -}}
{{- end -}}
{{- $host := (urlParse .Values.serverUrl).host | regexFind "^(\\[[^]]*\\]|[^:]*)" -}}
{{- $loopback := has $host (list "localhost" "127.0.0.1" "[::1]") -}}
{{- if and (hasPrefix "http://" .Values.serverUrl) (not .Values.allowInsecureHttp) (not $loopback) -}}
{{- fail (printf "\n\nserverUrl is %s, which is not https: the API key would cross the network in clear. Use https, or set allowInsecureHttp=true if that is what you want." .Values.serverUrl) -}}
{{- end -}}
{{- end }}

{{/* The restricted Pod Security Standard. OpenShift hands out user ids itself and refuses a fixed one. */}}
{{- define "kube9.podSecurityContext" -}}
runAsNonRoot: true
{{- if not (.Capabilities.APIVersions.Has "security.openshift.io/v1") }}
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "kube9.containerSecurityContext" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "kube9.image" -}}
{{- $tag := default .Chart.AppVersion .Values.image.tag -}}
{{- with .Values.image.digest -}}
{{ $.Values.image.repository }}:{{ $tag }}@{{ . }}
{{- else -}}
{{ .Values.image.repository }}:{{ $tag }}
{{- end -}}
{{- end }}

{{/* Environment that the operator and its goodbye share: who it is, whom it talks to, and by which way. */}}
{{- define "kube9.connectionEnv" -}}
- name: POD_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
- name: DEPLOYMENT_NAME
  value: {{ include "kube9.fullname" . | quote }}
- name: LOG_LEVEL
  value: {{ .Values.logLevel | quote }}
- name: SERVER_URL
  value: {{ .Values.serverUrl | trimSuffix "/" | quote }}
- name: ALLOW_INSECURE_HTTP
  value: {{ .Values.allowInsecureHttp | quote }}
- name: API_KEY_DIRECTORY
  value: /etc/kube9/key
{{- if include "kube9.caSource" . }}
- name: NODE_EXTRA_CA_CERTS
  value: /etc/kube9/ca/ca.crt
{{- end }}
{{- include "kube9.proxyEnv" . }}
{{- end }}

{{/* The Kubernetes API is never reached through the proxy: its address stands in a variable that Kubernetes gives. */}}
{{- define "kube9.proxyEnv" -}}
{{- with .Values.proxy }}
{{- if or .httpProxy .httpsProxy }}
- name: NODE_USE_ENV_PROXY
  value: "1"
{{- with .httpProxy }}
- name: HTTP_PROXY
  value: {{ . | quote }}
{{- end }}
{{- with .httpsProxy }}
- name: HTTPS_PROXY
  value: {{ . | quote }}
{{- end }}
- name: NO_PROXY
  value: {{ list "$(KUBERNETES_SERVICE_HOST)" "localhost" "127.0.0.1" "::1" ".svc" ".cluster.local" .noProxy | compact | join "," | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/* Name of the ConfigMap with certificates, or nothing. */}}
{{- define "kube9.caSource" -}}
{{- if .Values.caBundle -}}
{{- include "kube9.named" (dict "root" . "ending" "ca") -}}
{{- else -}}
{{- .Values.caBundleFrom.configMap -}}
{{- end -}}
{{- end }}

{{/* Folders as a whole, never a subPath, or a changed key would not arrive. */}}
{{- define "kube9.connectionMounts" -}}
- name: key
  mountPath: /etc/kube9/key
  readOnly: true
{{- if include "kube9.caSource" . }}
- name: ca
  mountPath: /etc/kube9/ca
  readOnly: true
{{- end }}
{{- end }}

{{- define "kube9.connectionVolumes" -}}
- name: key
  secret:
    secretName: {{ include "kube9.keySecretName" . }}
    optional: true
{{- with include "kube9.caSource" . }}
- name: ca
  projected:
    sources:
      - configMap:
          name: {{ . }}
          items:
            - key: {{ if $.Values.caBundle }}ca.crt{{ else }}{{ $.Values.caBundleFrom.key }}{{ end }}
              path: ca.crt
{{- end }}
{{- end }}

{{/* Name of the release's own objects. */}}
{{- define "kube9.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* A name with an ending, still within 63 characters. */}}
{{- define "kube9.named" -}}
{{- $ending := .ending -}}
{{- printf "%s-%s" (include "kube9.fullname" .root | trunc (sub 62 (len $ending) | int) | trimSuffix "-") $ending -}}
{{- end }}

{{- define "kube9.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "kube9.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end }}

{{/* The Secret that holds the API key. Its name is part of the contract with portal and editor. */}}
{{- define "kube9.keySecretName" -}}
{{- default "kube9-operator-config" .Values.existingSecret -}}
{{- end }}

{{/* Clients find the pod by the first label whatever nameOverride says. */}}
{{- define "kube9.selectorLabels" -}}
app.kubernetes.io/name: kube9-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* Labels of an object; `component` is optional. */}}
{{- define "kube9.labels" -}}
{{ include "kube9.selectorLabels" .root }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: kube9
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* The goodbye is not the operator: neither clients, nor the budget, nor the Service may take it for one. */}}
{{- define "kube9.goodbyeLabels" -}}
app.kubernetes.io/name: kube9-operator-deregister
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: deregister
app.kubernetes.io/part-of: kube9
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* Values of earlier charts that nothing reads, comma-separated. */}}
{{- define "kube9.unusedValues" -}}
{{- $unused := list -}}
{{- range $name := list "trivy" "prometheus" "assessment" "aiConformance" -}}
{{- if hasKey $.Values $name -}}{{- $unused = append $unused $name -}}{{- end -}}
{{- end -}}
{{- if hasKey .Values.argocd "api" -}}{{- $unused = append $unused "argocd.api" -}}{{- end -}}
{{- join ", " $unused -}}
{{- end }}

{{/* What the operator does, and how often. Decisions of true and false are passed on as they are, false too. */}}
{{- define "kube9.workEnv" -}}
- name: STATUS_UPDATE_INTERVAL_SECONDS
  value: {{ .Values.statusUpdateIntervalSeconds | int | quote }}
- name: REREGISTRATION_INTERVAL_HOURS
  value: {{ .Values.reregistrationIntervalHours | int | quote }}
{{- with .Values.argocd }}
- name: ARGOCD_AUTO_DETECT
  value: {{ .autoDetect | quote }}
{{- if not (kindIs "invalid" .enabled) }}
- name: ARGOCD_ENABLED
  value: {{ .enabled | quote }}
{{- end }}
- name: ARGOCD_NAMESPACE
  value: {{ .namespace | quote }}
- name: ARGOCD_SELECTOR
  value: {{ .selector | quote }}
- name: ARGOCD_DETECTION_INTERVAL
  value: {{ .detectionInterval | int | quote }}
{{- end }}
- name: EVENTS_DIRECTORY
  value: /data
- name: EVENT_RETENTION_INFO_WARNING_DAYS
  value: {{ .Values.events.retention.infoWarning | int | quote }}
- name: EVENT_RETENTION_ERROR_CRITICAL_DAYS
  value: {{ .Values.events.retention.errorCritical | int | quote }}
{{- end }}

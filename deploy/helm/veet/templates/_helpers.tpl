{{/* The labels of one part: list of the root and the part's name. */}}
{{- define "veet.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: veet
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "veet.labels" -}}
{{- $root := index . 0 -}}
{{ include "veet.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{/* An image: list of the root and `image` of the values. */}}
{{- define "veet.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{ $image.repository }}:{{ $image.tag | default $root.Chart.AppVersion }}
{{- end }}

{{/* Every variable of a part, those of its Secret too: dict with `part` and `defaults` for empty ones. */}}
{{- define "veet.env" -}}
{{- $part := .part -}}
{{- $defaults := .defaults -}}
{{- range $name, $value := $part.env }}
- name: {{ $name }}
  value: {{ $value | default (get $defaults $name) | toString | quote }}
{{- end }}
{{- range $part.secretVariables }}
- name: {{ . }}
  valueFrom:
    secretKeyRef: { name: {{ $part.existingSecret }}, key: {{ . }}, optional: true }
{{- end }}
{{- end }}

{{- define "veet.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65534
runAsGroup: 65534
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "veet.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

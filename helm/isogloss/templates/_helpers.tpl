{{/* The name of everything: the release's, with the chart's unless it is in there already. At most 63 characters. */}}
{{- define "isogloss.name" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What names the operator's pods for good: a Deployment's selector cannot change, so no version belongs here. */}}
{{- define "isogloss.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end -}}

{{/* What a user gives wins over the chart's own, save what selects the pods. `own`: labels of pods alone. */}}
{{- define "isogloss.labels" -}}
{{- $selector := include "isogloss.selector" . | fromYaml -}}
{{- $chart := dict
    "app.kubernetes.io/version" .Chart.AppVersion
    "app.kubernetes.io/managed-by" .Release.Service
    "app.kubernetes.io/part-of" "isogloss"
    "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_")
-}}
{{- toYaml (merge (dict) $selector (default (dict) .own) (default (dict) .Values.commonLabels) $chart) -}}
{{- end -}}

{{/* repository:tag, or repository@digest where a digest is given: a digest cannot be moved to other bytes. */}}
{{- define "isogloss.image" -}}
{{- $image := .image -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $image.repository (default .version $image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "isogloss.serviceAccount" -}}
{{- default (include "isogloss.name" .) .Values.serviceAccount.name -}}
{{- end -}}

{{/* The rules of the role that lets the operator do its work, in one namespace or in all. */}}

{{/* A quantity as it is written: a large number in a values file is a float, and would come out as 1.7e+10. */}}
{{- define "isogloss.quantity" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}{{ int64 . }}{{- else -}}{{ . }}{{- end -}}
{{- end -}}

{{/* Seconds of an ISO 8601 duration. */}}
{{- define "isogloss.seconds" -}}
{{- $hours := regexFind "[0-9]+H" . | trimSuffix "H" | default "0" | float64 -}}
{{- $minutes := regexFind "[0-9]+M" . | trimSuffix "M" | default "0" | float64 -}}
{{- $seconds := regexFind "[0-9.]+S" . | trimSuffix "S" | default "0" | float64 -}}
{{- addf (mulf $hours 3600) (mulf $minutes 60) $seconds -}}
{{- end -}}

{{/* "cpu=1,memory=2Gi" from a map of resources, in the order of names. */}}
{{- define "isogloss.quantities" -}}
{{- $pairs := list -}}
{{- range $name, $quantity := . -}}
{{- $pairs = append $pairs (printf "%s=%s" $name (include "isogloss.quantity" $quantity)) -}}
{{- end -}}
{{- join "," $pairs -}}
{{- end -}}

{{/* What every trainer's pod gets, as a manifest has it in runtime.pod; nothing where nothing is given. */}}
{{- define "isogloss.trainerPod" -}}
{{- $pod := dict -}}
{{- range $name := list "nodeSelector" "tolerations" "priorityClassName" "runtimeClassName" "env" -}}
{{- with get $ $name }}{{ $_ := set $pod $name . }}{{ end -}}
{{- end -}}
{{- with $pod }}{{ toJson . | replace "$" "\\$" }}{{ end -}}
{{- end -}}

{{/* The operator's environment. What is empty is left out: an empty variable would be a value. */}}
{{- define "isogloss.environment" -}}
{{- $trainer := .Values.trainer -}}
{{- $store := .Values.store -}}
{{- $leader := .Values.leaderElection -}}
{{- $variables := dict
    "ISOGLOSS_TRAINER_IMAGE" (include "isogloss.image" (dict "image" $trainer.image "version" .Chart.AppVersion))
    "ISOGLOSS_TRAINER_IMAGE_PULL_POLICY" $trainer.image.pullPolicy
    "ISOGLOSS_TRAINER_IMAGE_PULL_SECRETS" (join "," $trainer.image.pullSecrets)
    "ISOGLOSS_TRAINER_REQUESTS" (include "isogloss.quantities" $trainer.resources.requests)
    "ISOGLOSS_TRAINER_LIMITS" (include "isogloss.quantities" $trainer.resources.limits)
    "ISOGLOSS_TRAINER_CPU_REQUESTS" (include "isogloss.quantities" $trainer.cpuResources.requests)
    "ISOGLOSS_TRAINER_CPU_LIMITS" (include "isogloss.quantities" $trainer.cpuResources.limits)
    "ISOGLOSS_TRAINER_POD" (include "isogloss.trainerPod" $trainer)
    "ISOGLOSS_TRAINER_SERVICE_ACCOUNT" $trainer.serviceAccount
    "ISOGLOSS_TRAINER_USER" (int64 $trainer.user | toString)
    "ISOGLOSS_TRAINER_GRACE" $trainer.grace
    "ISOGLOSS_TRAINER_METRICS_PORT" (int64 $trainer.metricsPort | toString)
    "ISOGLOSS_TRAINER_TEMPORARY_SPACE" $trainer.temporarySpace
    "ISOGLOSS_TRAINER_SCRATCH_SPACE" $trainer.scratchSpace
    "ISOGLOSS_STORE_CLAIM" $store.claim
    "ISOGLOSS_STORE_CREATE" ($store.create | toString)
    "ISOGLOSS_STORE_SIZE" (include "isogloss.quantity" $store.size)
    "ISOGLOSS_STORE_STORAGE_CLASS" $store.storageClass
    "ISOGLOSS_STORE_ACCESS_MODE" $store.accessMode
    "ISOGLOSS_LEADER_ELECTION_ENABLED" ($leader.enabled | toString)
    "ISOGLOSS_LEADER_ELECTION_LEASE" (include "isogloss.lease" .)
    "ISOGLOSS_LEADER_ELECTION_LEASE_DURATION" $leader.leaseDuration
    "ISOGLOSS_LEADER_ELECTION_RENEW_DEADLINE" $leader.renewDeadline
    "ISOGLOSS_LEADER_ELECTION_RETRY_PERIOD" $leader.retryPeriod
    "ISOGLOSS_REPORTS_EVENTS" (.Values.events | toString)
    "QUARKUS_OPERATOR_SDK_NAMESPACES" (join "," .Values.watch.namespaces)
    "QUARKUS_LOG_LEVEL" .Values.log.level
    "QUARKUS_LOG_CONSOLE_JSON_ENABLED" (.Values.log.json | toString)
    "JDK_JAVA_OPTIONS" (printf "%s %s" (ternary (printf "-Xmx%s" .Values.heap) "" (ne .Values.heap "")) .Values.javaOptions | trim)
-}}
{{- range .Values.env }}{{ $_ := unset $variables .name }}{{ end -}}
{{- range $name, $value := $variables -}}
{{- if $value }}
- {name: {{ $name }}, value: {{ $value | quote }}}
{{- end -}}
{{- end }}
- {name: ISOGLOSS_LEADER_ELECTION_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
{{- with .Values.env }}
{{ toYaml . }}
{{- end -}}
{{- end -}}

{{/* Name of the Lease: of the release, so that two releases in one namespace each have their own. */}}
{{- define "isogloss.lease" -}}
{{ .Values.leaderElection.lease | default (include "isogloss.name" .) }}
{{- end -}}

{{- define "isogloss.rules" -}}
{{ .Files.Get "files/rules.yaml" | trim }}
{{- if .Values.store.create }}
- apiGroups: [""]
  resources: [persistentvolumeclaims]
  verbs: [get, create]
{{- end }}
{{- end -}}

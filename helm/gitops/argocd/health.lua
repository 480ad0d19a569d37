-- What Argo CD shows for TransferExperiment, CoTrainingRun, TransferBenchmark and TrainingStep: their conditions say the same things.
-- Only what the operator has said about the newest spec counts.
local health = {status = "Progressing", message = "Waiting for the operator to see it"}

if obj.status == nil or obj.status.conditions == nil then
  return health
end
if obj.status.observedGeneration ~= nil and obj.metadata.generation ~= nil
    and obj.status.observedGeneration < obj.metadata.generation then
  health.message = "Waiting for the operator to see the newest edit"
  return health
end

local holds = {}
local newest = nil
for _, condition in ipairs(obj.status.conditions) do
  if condition.status == "True" then
    holds[condition.type] = condition
  end
  if condition.type == "Progressing" then
    newest = condition
  end
end

local verdicts = {
  {"Invalid", "Degraded"},
  {"Failed", "Degraded"},
  {"Suspended", "Suspended"},
  {"Complete", "Healthy"},
}
for _, verdict in ipairs(verdicts) do
  local condition = holds[verdict[1]]
  if condition ~= nil then
    return {status = verdict[2], message = condition.message}
  end
end

if newest ~= nil then
  health.message = newest.message
  if obj.status.progress ~= nil then
    health.message = obj.status.progress .. " steps: " .. newest.message
  end
end
return health

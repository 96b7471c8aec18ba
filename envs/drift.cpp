#include "rhoam/envs/drift.h"

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"

namespace rhoam::envs {

std::string Drift::to_string() const { return param + ":" + schedule.to_string(); }

bool is_scale(const std::string& param) { return param == kAdvantageScale || param == kRewardScale; }

Drift parse_drift(const std::string& text) {
  const auto colon = text.find(':');
  const std::string param(core::trim(std::string_view(text).substr(0, colon)));
  if (param.empty() || colon == std::string::npos)
    throw core::UsageError("drift '" + text +
                           "' is not PARAM:SCHEDULE, such as gravity:sine:period=50000,low=-11,high=-4");
  return {param, core::parse_schedule(text.substr(colon + 1), core::kUnbound)};
}

std::vector<Drift> parse_drifts(std::span<const std::string> texts, double whole_steps, std::uint64_t seed) {
  std::vector<Drift> drifts;
  for (const auto& text : texts) {
    Drift drift = parse_drift(text);
    drift.schedule.bind({.whole_steps = whole_steps, .seed = seed, .index = drifts.size()});
    drifts.push_back(std::move(drift));
  }
  return drifts;
}

}  // namespace rhoam::envs

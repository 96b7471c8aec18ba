#include "rhoam/envs/drifting.h"

#include <algorithm>
#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/params.h"

namespace rhoam::envs {
namespace {

[[noreturn]] void refuse(const Drift& drift, const std::string& why) {
  throw core::UsageError("drift '" + drift.to_string() + "': " + why);
}

/// The schedule's finite bounds must lie in the range; values are clamped only where it is unbounded.
void check_range(const Drift& drift, const core::Range& range, const std::string& unit) {
  const auto bounds = drift.schedule.bounds();
  for (const double end : {bounds.low, bounds.high})
    if (std::isfinite(end) && !range.contains(end))
      refuse(drift, drift.param + " cannot be " + core::format_double(end) + "; allowed: " + range.text() +
                        " (" + unit + ")");
}

void check_whole(const Drift& drift) {
  for (const double level : drift.schedule.levels())
    if (level != std::floor(level))
      refuse(drift, drift.param + " takes whole numbers only, not " + core::format_double(level));
}

}  // namespace

Drifting::Drifting(std::unique_ptr<VectorEnv> inner, std::vector<Drift> drifts)
    : EnvWrapper(std::move(inner)) {
  for (const Drift& drift : drifts) {
    if (std::ranges::count(names_, drift.param) > 0) refuse(drift, drift.param + " drifts already");
    names_.push_back(drift.param);
    paths_.push_back(path_of(drift));
  }
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    values_.push_back(value_at(paths_[i], {}));
    apply(i, values_[i]);
  }
  changes_.push_back({{}, values_});
}

Drifting::Path Drifting::path_of(const Drift& drift) const {
  if (drift.param == kAdvantageScale) {
    check_range(drift, kLogVariance, "log-variance");
    return {.schedule = drift.schedule, .range = kLogVariance, .whole = false, .of_world = false};
  }
  const auto params = inner().params();
  const auto param = std::ranges::find(params, drift.param, &ParamInfo::name);
  if (param == params.end()) refuse_name(spec().id, params, drift.param, kAdvantageScale);
  const core::Range range{.low = param->low, .high = param->high};
  check_range(drift, range, param->unit);
  if (param->whole) check_whole(drift);
  return {.schedule = drift.schedule, .range = range, .whole = param->whole, .of_world = true};
}

double Drifting::value_at(Path& path, const core::Clocks& clocks) const {
  const double value = std::clamp(path.schedule.at(clocks), path.range.low, path.range.high);
  return path.whole ? std::round(value) : value;
}

void Drifting::apply(std::size_t i, double value) {
  if (paths_[i].of_world) inner().set_param(names_[i], value);
  values_[i] = value;
}

bool Drifting::set_clocks(const core::Clocks& clocks) {
  bool jumped = inner().set_clocks(clocks);
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    const double value = value_at(paths_[i], clocks);
    if (value == values_[i]) continue;
    apply(i, value);
    jumped |= paths_[i].schedule.jumps();
  }
  if (jumped) changes_.push_back({clocks, values_});
  return jumped;
}

void Drifting::save(core::Tensors& out, const std::string& prefix) const {
  inner().save(out, prefix);
  out.put(prefix + "/drift/values", std::span<const double>(values_));
  for (std::size_t i = 0; i < paths_.size(); ++i)
    paths_[i].schedule.save(out, prefix + "/drift/" + std::to_string(i));
}

void Drifting::load(const core::Tensors& in, const std::string& prefix) {
  inner().load(in, prefix);
  std::vector<double> values(values_.size());
  in.get(prefix + "/drift/values", std::span<double>(values));
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    if (!std::isfinite(values[i]) || !paths_[i].range.contains(values[i]))
      throw core::CorruptError("tensor '" + prefix + "/drift/values' is no state of drifts");
    paths_[i].schedule.load(in, prefix + "/drift/" + std::to_string(i));
  }
  values_ = values;
  changes_.clear();
}

}  // namespace rhoam::envs

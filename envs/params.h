#pragma once
#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/core/tensors.h"
#include "rhoam/envs/vector_env.h"

namespace rhoam::envs {

/// Result of VectorEnv::params for the table of E, with the values of `env`.
template <class E>
std::vector<VectorEnv::ParamInfo> param_infos(const E& env) {
  std::vector<VectorEnv::ParamInfo> infos;
  for (const auto& param : E::params())
    infos.push_back({param.name, env.*param.member, param.low, param.high, param.unit, param.whole});
  return infos;
}

/// The values of `env`, in the order of the table.
template <class E>
std::vector<double> param_values(const E& env) {
  std::vector<double> values;
  for (const auto& param : E::params()) values.push_back(env.*param.member);
  return values;
}

/// The parameter of this name in the table of E, or null.
template <class E>
const Param<E>* find_param(const std::string& name) {
  const auto table = E::params();
  const auto found = std::ranges::find_if(table, [&](const auto& param) { return name == param.name; });
  return found == table.end() ? nullptr : &*found;
}

/// Writes the values as `<prefix>/params`.
template <class E>
void save_params(const E& env, core::Tensors& out, const std::string& prefix) {
  out.put(prefix + "/params", std::span<const double>(param_values(env)));
}

/// The values that save_params wrote. Throws CorruptError when one of them is not allowed.
template <class E>
std::vector<double> load_params(const core::Tensors& in, const std::string& prefix) {
  std::vector<double> values(E::params().size());
  in.get(prefix + "/params", std::span<double>(values));
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!allowed(E::params()[i], values[i]))
      throw core::CorruptError("the saved state cannot be one of this world: " +
                               std::string(E::params()[i].name) + " is out of range");
  return values;
}

/// Sets all parameters, in the order of the table.
template <class E>
void set_params(E& env, std::span<const double> values) {
  for (std::size_t i = 0; i < values.size(); ++i) env.*E::params()[i].member = values[i];
}

/// Throws CorruptError unless the state saved under `prefix` belongs to the environment `id`.
inline void demand_state_of(const std::string& id, const core::Tensors& in, const std::string& prefix) {
  const auto found = in.metadata.find(prefix + "/env");
  if (found == in.metadata.end() || found->second != id)
    throw core::CorruptError("the saved state is not of " + id);
}

/// Whether a parameter may take this value.
template <class E>
bool allowed(const Param<E>& param, double value) {
  const bool in_range = value >= param.low && value <= param.high;  // false for NaN
  return in_range && (!param.whole || value == std::floor(value));
}

/// Whether an action belongs to the space: a whole number in range, or finite components.
bool allowed(const ActionSpace& space, std::span<const float> action);

/// Throws UsageError for an unknown name, with the nearest one, all parameters with their ranges and units,
/// and the perturbations; `more` is another allowed name.
[[noreturn]] void refuse_name(const std::string& env, std::span<const VectorEnv::ParamInfo> params,
                              const std::string& name, const std::string& more = "");

/// Throws UsageError for an unknown name, as refuse_name, or for a wrong value, with the allowed values.
[[noreturn]] void refuse_param(const std::string& env, std::span<const VectorEnv::ParamInfo> params,
                               const std::string& name, double value);

}  // namespace rhoam::envs

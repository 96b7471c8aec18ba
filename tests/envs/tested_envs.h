#pragma once
#include <ostream>
#include <string>
#include <vector>

#include "rhoam/core/text.h"
#include "rhoam/envs/batch.h"
#include "rhoam/envs/registry.h"
#include "rhoam/tests/envs/worlds.h"

namespace rhoam::envs {

/// An environment that the contract tests are applied to; it need not be registered.
struct TestedEnv {
  EnvEntry entry;
  bool random_start = true;  ///< seeds and rows start differently

  std::string name() const {
    std::string name = entry.id;
    std::erase_if(name, [](char c) { return c == '-'; });
    return name;
  }
  bool draws() const {
    DrawList list;
    entry.make(1, nullptr)->draw(0, list);
    return !list.shapes().empty();
  }
};

inline void PrintTo(const TestedEnv& tested, std::ostream* out) { *out << tested.entry.id; }

/// A type that satisfies Env, to be tested.
template <Env E>
TestedEnv tested(const char* id, bool random_start) {
  return {{id, [] { return E().spec(); },
           [](int rows, core::ThreadPool* pool) -> std::unique_ptr<VectorEnv> {
             return std::make_unique<Batch<E>>(rows, pool);
           },
           offers_regret<E>()},
          random_start};
}

/// Every registered environment, and small ones that do what the contract allows and no registered one does.
inline std::vector<TestedEnv> tested_envs() {
  std::vector<TestedEnv> all;
  for (const auto& entry : env_table()) all.push_back({entry});
  all.push_back(tested<GridWorld>("GridWorld-v0", false));
  all.push_back(tested<Wait>("Wait-v0", false));
  all.push_back(tested<LongWalk>("LongWalk-v0", true));
  return all;
}

/// Values that a parameter may take: its own, both ends, and one between them.
inline std::vector<double> values_of(const VectorEnv::ParamInfo& param) {
  const double middle = (param.low + param.high) / 2;
  return {param.value, param.low, param.whole ? std::floor(middle) : middle, param.high};
}

/// A value other than its own, which may be the only one.
inline double another_value(const VectorEnv::ParamInfo& param) {
  return param.value == param.low ? param.high : param.low;
}

/// Likewise, but a tenth of the way where that is a value.
inline double nearby_value(const VectorEnv::ParamInfo& param) {
  const double other = another_value(param);
  return param.whole ? other : param.value + (other - param.value) / 10;
}

/// A drift that jumps between a parameter's value and another one.
inline std::string jumping(const VectorEnv::ParamInfo& param, int dwell) {
  const double far = nearby_value(param);
  return param.name + ":square:dwell=" + std::to_string(dwell) +
         ",low=" + core::format_double(std::min(param.value, far)) +
         ",high=" + core::format_double(std::max(param.value, far));
}

}  // namespace rhoam::envs

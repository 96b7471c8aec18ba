#include "rhoam/envs/registry.h"

#include <algorithm>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/batch.h"
#include "rhoam/envs/box2d/lunar_lander.h"
#include "rhoam/envs/cartpole.h"
#include "rhoam/envs/drift_bandit.h"
#include "rhoam/envs/tracking_target.h"

namespace rhoam::envs {
namespace {

/// An environment type, with its constructor's arguments.
template <class E, auto... arguments>
constexpr EnvEntry entry(const char* id) {
  return {id, [] { return E(arguments...).spec(); },
          [](int rows, core::ThreadPool* pool) -> std::unique_ptr<VectorEnv> {
            return std::make_unique<Batch<E>>(rows, pool, arguments...);
          },
          offers_regret<E>()};
}

/// A world that all rows share.
template <MovingWorld W>
constexpr EnvEntry shared(const char* id) {
  return {id, [] { return W().spec(); },
          [](int rows, core::ThreadPool*) -> std::unique_ptr<VectorEnv> {
            return std::make_unique<SharedWorld<W>>(rows);
          },
          true};
}

constexpr EnvEntry kTable[] = {
    entry<CartPole>("CartPole-v1"),
    entry<LunarLander>("LunarLander-v3"),
    entry<LunarLander, true>("LunarLanderContinuous-v3"),
    shared<DriftBandit>("DriftBandit-v0"),
    shared<TrackingTarget>("TrackingTarget-v0"),
};

}  // namespace

std::span<const EnvEntry> env_table() { return kTable; }

std::vector<std::string> env_ids() {
  std::vector<std::string> ids;
  for (const auto& entry : kTable) ids.emplace_back(entry.id);
  return ids;
}

const EnvEntry& find_env(const std::string& id) {
  const auto found =
      std::ranges::find(kTable, id, [](const EnvEntry& entry) { return std::string(entry.id); });
  if (found != std::end(kTable)) return *found;
  const auto ids = env_ids();
  throw core::UsageError("no environment '" + id + "'" + core::did_you_mean(id, ids) + " (there are " +
                         core::join(ids) + ")");
}

std::unique_ptr<VectorEnv> make_vector_env(const std::string& id, int rows, core::ThreadPool* pool) {
  return find_env(id).make(rows, pool);
}

}  // namespace rhoam::envs

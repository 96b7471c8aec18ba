#include "rhoam/agents/episodes.h"

#include <string>

#include "rhoam/agents/finite.h"
#include "rhoam/core/errors.h"
#include "rhoam/envs/params.h"

namespace rhoam::agents {
namespace {

void append(std::vector<float>& to, std::span<const float> from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

Episodes::Episodes(int rows, int observation_size, const envs::ActionSpace& space)
    : observation_size_(observation_size), action_size_(space.size()), space_(space), rows_(rows) {}

void Episodes::act(std::span<const float> observed, std::span<const float> acted) {
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    append(rows_[row].obs, observed.subspan(row * observation_size_, observation_size_));
    append(rows_[row].actions, acted.subspan(row * action_size_, action_size_));
  }
}

void Episodes::finish(Row& row, float gamma, float value) {
  append(obs, row.obs);
  append(actions, row.actions);
  const std::size_t start = returns.size();
  returns.resize(start + row.rewards.size());
  for (std::size_t t = row.rewards.size(); t-- > 0;)
    returns[start + t] = value = row.rewards[t] + gamma * value;
  row.obs.clear();
  row.actions.clear();
  row.rewards.clear();
  ++finished_;
}

void Episodes::clear() {
  obs.clear();
  actions.clear();
  returns.clear();
  finished_ = 0;
}

void Episodes::save(core::Tensors& out) const {
  std::vector<std::int64_t> lengths;
  std::vector<float> running_obs, running_actions, running_rewards;
  for (const Row& row : rows_) {
    lengths.push_back(static_cast<std::int64_t>(row.rewards.size()));
    append(running_obs, row.obs);
    append(running_actions, row.actions);
    append(running_rewards, row.rewards);
  }
  out.put("episodes/lengths", std::span<const std::int64_t>(lengths));
  out.put("episodes/obs", std::span<const float>(running_obs));
  out.put("episodes/actions", std::span<const float>(running_actions));
  out.put("episodes/rewards", std::span<const float>(running_rewards));
}

void Episodes::load(const core::Tensors& in) {
  std::vector<std::int64_t> lengths(rows_.size());
  in.get("episodes/lengths", std::span<std::int64_t>(lengths));
  std::size_t total = 0;
  for (const auto length : lengths) {
    if (length < 0 || length > 1'000'000'000) throw core::CorruptError("episodes/lengths is out of range");
    total += static_cast<std::size_t>(length);
  }
  if (total > 1'000'000'000) throw core::CorruptError("episodes/lengths is out of range");
  // Sizes are checked before memory is allocated for them.
  const auto checked = [&](const char* name, std::size_t size) {
    const auto found = in.all().find(name);
    if (found == in.all().end() || found->second.bytes.size() != size * sizeof(float))
      throw core::CorruptError(std::string(name) + " does not fit episodes/lengths");
    std::vector<float> values(size);
    in.get(name, std::span<float>(values));
    if (!all_finite(values)) throw core::CorruptError(std::string(name) + " is not finite");
    return values;
  };
  const auto running_obs = checked("episodes/obs", total * observation_size_);
  const auto running_actions = checked("episodes/actions", total * action_size_);
  const auto running_rewards = checked("episodes/rewards", total);
  for (std::size_t t = 0; t < total; ++t)
    if (!envs::allowed(space_, std::span(running_actions).subspan(t * action_size_, action_size_)))
      throw core::CorruptError("episodes/actions holds an action that the environment does not have");
  std::size_t at = 0;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const auto length = static_cast<std::size_t>(lengths[r]);
    const auto part = [&](const std::vector<float>& all, std::size_t width) {
      return std::vector<float>(all.begin() + at * width, all.begin() + (at + length) * width);
    };
    rows_[r] = {part(running_obs, observation_size_), part(running_actions, action_size_),
                part(running_rewards, 1)};
    at += length;
  }
  clear();
}

}  // namespace rhoam::agents

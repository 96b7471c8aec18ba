#include "rhoam/agents/evaluate.h"

#include "rhoam/agents/finite.h"
#include "rhoam/core/errors.h"

namespace rhoam::agents {

Evaluation evaluate(const Policy& policy, envs::VectorEnv& env, const EvaluationConfig& config) {
  const int rows = env.size();
  std::vector<float> outputs(static_cast<std::size_t>(rows) * policy.distribution->outputs()), log_prob(rows);
  std::vector<float> actions(static_cast<std::size_t>(rows) * policy.distribution->action_size());
  const auto workspace = policy.network->make_workspace(rows);
  core::Stream stream(config.seed, core::Purpose::policy);
  envs::StepBatch batch;
  env.reset(config.seed, batch);
  std::vector<int> left(rows);
  for (int e = 0; e < config.episodes; ++e) ++left[e % rows];
  for (int row = 0; row < rows; ++row)
    if (left[row] == 0) env.park(row);
  std::vector<std::vector<double>> returns(rows), lengths(rows);
  for (int remaining = config.episodes; remaining > 0;) {
    if (config.stop != nullptr && config.stop()) break;
    policy.network->forward(batch.obs, outputs, *workspace);
    if (!all_finite(outputs)) throw core::DivergedError("actor/outputs is not finite");
    if (config.greedy)
      policy.distribution->mode(outputs, actions);
    else
      policy.distribution->sample(outputs, policy.free_parameters(), stream, actions, log_prob);
    if (!all_finite(actions)) throw core::DivergedError("actor/actions is not finite");
    env.step(actions, batch);
    for (int row = 0; row < rows; ++row) {
      if (left[row] == 0 || !batch.ended(row)) continue;
      returns[row].push_back(batch.episode_return[row]);
      lengths[row].push_back(static_cast<double>(batch.episode_length[row]));
      --remaining;
      if (--left[row] == 0) env.park(row);
    }
  }
  Evaluation all;
  for (int row = 0; row < rows; ++row) {
    all.returns.insert(all.returns.end(), returns[row].begin(), returns[row].end());
    all.lengths.insert(all.lengths.end(), lengths[row].begin(), lengths[row].end());
  }
  return all;
}

}  // namespace rhoam::agents

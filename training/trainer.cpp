#include "rhoam/training/trainer.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "rhoam/agents/evaluate.h"
#include "rhoam/agents/learner.h"
#include "rhoam/core/csv.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/missing.h"
#include "rhoam/core/statistics.h"
#include "rhoam/core/text.h"
#include "rhoam/training/checkpoint.h"
#include "rhoam/training/optimizer_metrics.h"
#include "rhoam/training/start_from.h"

namespace rhoam::training {
namespace {

using Time = std::chrono::steady_clock;

constexpr int kEvaluationRows = 100;

/// Thrown to end the training during an evaluation: it resumes from the previous checkpoint.
struct Interrupted {};

bool interrupted() { return core::InterruptCatcher::signal() != 0; }

constexpr const char* kTraining = "time/time_elapsed";
constexpr const char* kEvaluation = "time/eval_elapsed";
constexpr const char* kWall = "time/wall_elapsed";

/// The time at `steps` according to the log; NaN when there is no such row. Throws CorruptError when a column
/// is missing.
Elapsed logged_time(const std::filesystem::path& csv, std::int64_t steps) {
  auto columns = core::read_columns(csv);
  for (const char* name : {core::kStepsColumn, kTraining, kEvaluation, kWall})
    if (!columns.contains(name))
      throw core::CorruptError(
          fmt::format("'{}' has no column {}: the run cannot go on", csv.string(), name));
  const auto& logged = columns[core::kStepsColumn];
  const auto row = std::ranges::find(logged, static_cast<double>(steps)) - logged.begin();
  if (row == std::ssize(logged))
    return {.training = core::kMissing, .evaluation = core::kMissing, .saving = core::kMissing};
  const double training = columns[kTraining][row], evaluation = columns[kEvaluation][row];
  return {
      .training = training, .evaluation = evaluation, .saving = columns[kWall][row] - training - evaluation};
}

}  // namespace

Trainer::Trainer(TrainingConfig& config, RunDirectory directory, const Runtime& runtime,
                 decltype(make_agent)* make, std::int64_t done_steps)
    : config_(config),
      directory_(std::move(directory)),
      pool_(runtime.threads),
      world_(make_world(config_, &pool_)),
      evaluation_world_(
          make_evaluation_world(config_, std::min(config_.eval_episodes, kEvaluationRows), &pool_)),
      agent_(make(config_, world_, runtime.networks, &pool_)),
      log_(directory_.metrics(), directory_.events()),
      drift_log_(world_.drifting, directory_.drift()),
      line_(stderr, config_.steps, runtime.quiet, done_steps),
      solved_(world_.env->spec().reward_threshold) {}

Trainer::Trainer(TrainingConfig& config, RunDirectory directory, const Runtime& runtime,
                 const core::Tensors* weights)
    : Trainer(config, std::move(directory), runtime, weights == nullptr ? make_agent : make_agent_to_load,
              0) {
  if (weights != nullptr) take_weights(*weights, *agent_, world_);
  world_.env->reset(config_.seed, progress_.batch);
  directory_.save(0, state(), config_.keep_checkpoints);
}

Trainer::Trainer(TrainingConfig& config, RunDirectory directory, const Runtime& runtime,
                 const core::Tensors& checkpoint)
    : Trainer(config, std::move(directory), runtime, make_agent_to_load, steps_of(checkpoint)) {
  agent_->load(checkpoint);
  world_.env->load(checkpoint, "env");
  progress_.load(checkpoint, config_.rows, world_.env->spec().observation_size());
  solved_.load(checkpoint);
  double scores[2];
  checkpoint.get("evaluation/scores", std::span<double>(scores));
  best_ = scores[0], last_evaluation_ = scores[1];
  checkpoint.get("progress/iterations", std::span(&iterations_, 1));
  if (iterations_ > 0) elapsed_ = logged_time(directory_.metrics(), progress_.clocks.steps);
  elapsed_saved_ = elapsed_;
  drift_log_.check(checkpoint);
  log_.load(checkpoint, "log");
  drift_log_.load(checkpoint);
  steps_before_ = progress_.clocks.steps;
  saved_ = progress_.clocks;
}

core::Tensors Trainer::state() {
  core::Tensors out;
  out.metadata = config_.metadata();
  agent_->save(out);
  world_.env->save(out, "env");
  progress_.save(out);
  solved_.save(out);
  const double scores[] = {best_, last_evaluation_};
  out.put("evaluation/scores", std::span<const double>(scores));
  out.put("progress/iterations", std::span<const std::int64_t>(&iterations_, 1));
  log_.save(out, "log");
  drift_log_.save(out);
  return out;
}

std::vector<std::string> Trainer::memories() { return describe_memories(*agent_); }

Outcome Trainer::run() {
  charged_ = Time::now();
  const auto iteration = [&](agents::Metrics metrics) {
    const bool stops = interrupted();
    after_iteration(metrics, stops);
    return !stops;
  };
  prepare_introspection();
  try {
    agents::train(*world_.env, *agent_, progress_, config_.steps, iteration);
  } catch (const Interrupted&) {
    progress_.clocks = saved_;
    elapsed_ = elapsed_saved_;
  } catch (const core::DivergedError& error) {
    line_.finish();
    throw core::DivergedError(
        fmt::format("training diverged after {} steps with seed {}: {}; the last good checkpoint is {}",
                    progress_.clocks.steps, config_.seed, error.what(), directory_.last().string()));
  }
  line_.finish();
  const bool complete = progress_.clocks.steps >= config_.steps;
  return {.clocks = progress_.clocks,
          .elapsed = elapsed_,
          .return_mean_100 = progress_.recent.return_mean(),
          .solved_at_steps = solved_.steps(),
          .solved_at_seconds =
              solved_.steps() ? logged_time(directory_.metrics(), *solved_.steps()).training : core::kMissing,
          .final_eval_mean = complete ? last_evaluation_ : core::kMissing,
          .rho = first_rho(*agent_),
          .interrupted_by = complete ? 0 : core::InterruptCatcher::signal()};
}

void Trainer::after_iteration(agents::Metrics metrics, bool stops) {
  charge(&Elapsed::training);
  ++iterations_;
  const std::int64_t steps = progress_.clocks.steps;
  const bool ends = steps >= config_.steps, evaluates = ends || passed(config_.eval_every);
  const bool best = evaluates && evaluate();
  charge(&Elapsed::evaluation);
  log(metrics, evaluates);
  prepare_introspection();
  line_.update(steps, steps_per_second(), progress_.recent.return_mean());
  const std::int64_t tenth = std::max<std::int64_t>(config_.steps / 10, 1);
  const bool saves = ends || stops || passed(config_.checkpoint_every > 0 ? config_.checkpoint_every : tenth);
  steps_before_ = steps;
  if (!best && !saves) return;
  charge(&Elapsed::training);
  save(best, saves);
}

void Trainer::charge(double Elapsed::*part) {
  const auto now = Time::now();
  elapsed_.*part += std::chrono::duration<double>(now - charged_).count();
  charged_ = now;
}

double Trainer::steps_per_second() const {
  return static_cast<double>(progress_.clocks.steps) / elapsed_.training;
}

void Trainer::save(bool best, bool last) {
  log_.sync();
  drift_log_.sync();
  const auto tensors = state();
  if (best) directory_.save_best(tensors);
  if (last) directory_.save(progress_.clocks.steps, tensors, config_.keep_checkpoints);
  charge(&Elapsed::saving);
  if (!last) return;
  saved_ = progress_.clocks;
  elapsed_saved_ = elapsed_;
}

bool Trainer::passed(std::int64_t every) const {
  return every > 0 && progress_.clocks.steps / every != steps_before_ / every;
}

bool Trainer::introspects() const {
  return config_.introspect_every > 0 && (iterations_ == 1 || passed(config_.introspect_every));
}

void Trainer::prepare_introspection() {
  const std::int64_t every = config_.introspect_every, steps = progress_.clocks.steps;
  if (every > 0) introspect_from(*agent_, iterations_ == 0 ? 0 : (steps / every + 1) * every);
}

bool Trainer::evaluate() {
  core::Tensors now;
  world_.env->save(now, "env");
  evaluation_world_.env->load_world(now, "env");
  const std::int64_t steps = progress_.clocks.steps;
  core::Stream starts(config_.seed, core::Purpose::evaluation, static_cast<std::uint64_t>(steps));
  const auto played =
      agents::evaluate(agent_->policy(), *evaluation_world_.env,
                       {.episodes = config_.eval_episodes, .seed = starts(), .stop = interrupted});
  if (std::ssize(played.returns) < config_.eval_episodes) throw Interrupted{};
  last_evaluation_ = core::mean(played.returns);
  evaluation_std_ = core::standard_deviation(played.returns);
  evaluation_length_ = core::mean(played.lengths);
  if (config_.eval_episodes >= Solved::kEpisodes) solved_.add(steps, last_evaluation_);
  const bool best = last_evaluation_ >= best_;
  if (best) best_ = last_evaluation_;
  return best;
}

void Trainer::log(agents::Metrics metrics, bool evaluated) {
  row_.clear();
  row_.push_back({core::kStepsColumn, static_cast<double>(progress_.clocks.steps)});
  row_.push_back({"time/iterations", static_cast<double>(iterations_)});
  row_.push_back({kTraining, elapsed_.training});
  row_.push_back({"time/fps", steps_per_second()});
  row_.push_back({kEvaluation, elapsed_.evaluation});
  row_.push_back({kWall, elapsed_.wall()});
  row_.push_back({"rollout/ep_rew_mean", progress_.recent.return_mean()});
  row_.push_back({"rollout/ep_len_mean", progress_.recent.length_mean()});
  row_.push_back({"rollout/episodes", static_cast<double>(progress_.clocks.episodes)});
  row_.push_back({"train/n_updates", static_cast<double>(progress_.clocks.updates)});
  row_.push_back({"train/learning_rate", agent_->actor().learning_rate()});
  for (const auto& metric : metrics) row_.push_back({metric.key, metric.value});
  log_memories(*agent_, progress_.clocks, row_);
  if (introspects()) log_introspection(*agent_, row_);
  log_drifts();
  row_.push_back({"eval/mean_reward", evaluated ? last_evaluation_ : core::kMissing});
  row_.push_back({"eval/std_reward", evaluated ? evaluation_std_ : core::kMissing});
  row_.push_back({"eval/mean_ep_length", evaluated ? evaluation_length_ : core::kMissing});
  log_.row(progress_.clocks.steps, row_);
}

void Trainer::log_drifts() {
  drift_log_.take(world_.drifting);
  if (world_.drifting == nullptr) return;
  for (std::size_t i = 0; i < world_.drifting->names().size(); ++i)
    row_.push_back({"drift/" + world_.drifting->names()[i], world_.drifting->values()[i]});
}

}  // namespace rhoam::training

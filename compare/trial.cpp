#include "rhoam/compare/trial.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "rhoam/agents/learner.h"
#include "rhoam/agents/train.h"
#include "rhoam/compare/episode_stats.h"
#include "rhoam/compare/recovery.h"
#include "rhoam/compare/results.h"
#include "rhoam/compare/trial_log.h"
#include "rhoam/core/build_info.h"
#include "rhoam/core/crc32c.h"
#include "rhoam/core/csv.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/json.h"
#include "rhoam/core/processors.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/envs/drifting.h"
#include "rhoam/training/drift_log.h"
#include "rhoam/training/run_directory.h"

namespace rhoam::compare {

WorldChanges::WorldChanges(std::span<const envs::Drift> drifts, std::span<const double> values)
    : values_(values.begin(), values.end()) {
  for (const auto& drift : drifts) {
    jumps_.push_back(drift.schedule.jumps() && !envs::is_scale(drift.param));
    const auto timescale = drift.schedule.timescale();  // `steps` jumps without one
    if (jumps_.back() && timescale) timescales_.push_back(*timescale);
  }
}

bool WorldChanges::among(std::span<const envs::Drifting::Change> changes) {
  bool changed = false;
  for (const auto& change : changes) {
    for (std::size_t i = 0; i < jumps_.size(); ++i)
      changed = changed || (jumps_[i] && change.values[i] != values_[i]);
    values_ = change.values;
  }
  return changed;
}

double WorldChanges::dwell(const core::ClockRates& rates) const {
  double shortest = std::numeric_limits<double>::quiet_NaN();
  for (const auto& timescale : timescales_)
    shortest = std::fmin(shortest, timescale.in(core::Clock::steps, rates));
  return shortest;
}

namespace {

namespace fs = std::filesystem;

constexpr int kRows = 100;  // of metrics.csv
constexpr std::uintmax_t kLongestTable = 64 << 20;
constexpr std::uintmax_t kLongestResult = 1 << 16, kLongestConfig = 1 << 20;

fs::path result_file(const fs::path& folder) { return folder / "result.json"; }
fs::path config_file(const fs::path& folder) { return folder / "config.ini"; }

void clear(const fs::path& folder) {
  fs::create_directories(folder);
  for (const auto& entry : fs::directory_iterator(folder)) fs::remove_all(entry);
}

std::string this_version() {
  const auto build = core::build_info();
  return fmt::format("rhoam {} ({}), {}, {}", build.version, build.git_hash, build.compiler,
                     core::cpu_model());
}

/// CRC-32C of every table of a trial, by name.
nlohmann::ordered_json checksums(const fs::path& folder) {
  auto sums = nlohmann::ordered_json::object();
  for (const char* name : {"metrics.csv", "changes.csv", "drift.csv"})
    if (fs::exists(folder / name)) sums[name] = core::crc32c(core::read_file(folder / name, kLongestTable));
  return sums;
}

/// The constant learning rate of both networks; missing where it varies or they differ.
double only_rate(const training::TrainingConfig& config) {
  const auto &actor = config.plan->actor_optimizer(), &critic = config.plan->critic_optimizer();
  if (!actor.lr.constant() || !critic.lr.constant()) return kMissing;
  const double rate = actor.lr.levels()[0] * actor.lr_factor;
  return rate == critic.lr.levels()[0] * critic.lr_factor ? rate : kMissing;
}

std::span<const double> values_of(const envs::Drifting* drifting) {
  return drifting == nullptr ? std::span<const double>{} : drifting->values();
}

/// One training with its files.
class TrialTraining {
 public:
  TrialTraining(training::TrainingConfig& config, const agents::Networks& networks, const TrialRun& run)
      : config_(config),
        run_(run),
        world_(training::make_world(config, nullptr)),
        agent_(training::make_agent(config, world_, networks, nullptr)),
        env_(std::move(world_.env)),
        changes_(world_.drifts, values_of(world_.drifting)),
        drift_log_(world_.drifting, run.folder / "drift.csv") {
    env_.reset(config.seed, progress_.batch);
  }

  bool run() {
    bool stopped = false;
    try {
      agents::train(env_, *agent_, progress_, config_.steps, [&](agents::Metrics) {
        record();
        stopped = run_.stop();
        return !stopped;
      });
    } catch (const core::DivergedError&) {
      diverged_ = true;
    }
    return !stopped;
  }

  void keep() {
    write_rows("metrics.csv", binned(log_, static_cast<double>(config_.steps), kRows));
    if (!log_.changes.empty())
      write_rows("changes.csv", rows_around_changes(log_, score(), changes_.dwell(rates())));
    if (run_.keep_agent && !diverged_) keep_checkpoint();
    core::replace_file(result_file(run_.folder), core::to_text(result()) + "\n");
  }

 private:
  void record() {
    log_.steps.push_back(static_cast<double>(progress_.clocks.steps));
    log_.updates.push_back(static_cast<double>(progress_.clocks.updates));
    log_.episodes.push_back(static_cast<double>(progress_.clocks.episodes));
    log_.returns.push_back(env_.return_now());
    log_.regret.push_back(env_.take_regret());
    agents::Learner &actor = agent_->actor(), *critic = agent_->critic();
    log_.memory.push_back(actor.memory());
    log_.critic_memory.push_back(critic != nullptr ? critic->memory() : kMissing);
    const bool drifts = world_.drifting != nullptr;
    log_.root_v.push_back(drifts ? actor.mean_root_v() : kMissing);
    if (changes_.among(drift_log_.take(world_.drifting))) log_.changes.push_back(log_.steps.size() - 1);
  }

  void write_rows(const char* name, const std::vector<std::vector<core::Metric>>& rows) const {
    core::CsvLog log(run_.folder / name);
    for (const auto& row : rows) log.row(row);
  }

  void keep_checkpoint() {
    core::Tensors out;
    out.metadata = config_.metadata();
    agent_->save(out);
    env_.save(out, "env");
    progress_.save(out);
    fs::create_directories(run_.folder / "checkpoints");
    core::write_safetensors(run_.folder / "checkpoints" / "last.safetensors", out);
  }

  std::span<const double> score() const { return run_.regret ? log_.regret : log_.returns; }

  core::ClockRates rates() const {
    const auto steps = static_cast<double>(progress_.clocks.steps);
    return {
        .steps_per_update = steps / static_cast<double>(std::max<std::int64_t>(progress_.clocks.updates, 1)),
        .steps_per_episode =
            steps / static_cast<double>(std::max<std::int64_t>(progress_.clocks.episodes, 1))};
  }

  /// NaN where the environment has no threshold.
  double below_threshold(std::span<const double> steps) const {
    const double threshold = env_.spec().reward_threshold;
    return std::isfinite(threshold) ? share_below(log_.returns, steps, threshold) : kMissing;
  }

  TrialResult measure() const {
    const auto steps = durations(log_);
    const auto recovery = measure_recovery({.score = log_.returns, .steps = steps, .changes = log_.changes});
    return {.seed = config_.seed,
            .version = this_version(),
            .score = diverged_ ? kMissing : mean_known(score()),
            .return_mean = mean_known(log_.returns),
            .settled = mean_known(std::span(log_.returns).subspan(log_.returns.size() / 2)),
            .regret = mean_known(log_.regret),
            .recovery = recovery.steps,
            .unrecovered = recovery.unrecovered,
            .lost = recovery.lost,
            .below_threshold = below_threshold(steps),
            .memory = geometric_mean_known(log_.memory),
            .critic_memory = geometric_mean_known(log_.critic_memory),
            .steps = progress_.clocks.steps,
            .updates = progress_.clocks.updates,
            .episodes = progress_.clocks.episodes,
            .learning_rate = only_rate(config_),
            .marks = run_.marks};
  }

  nlohmann::ordered_json result() const {
    const TrialResult result = measure();
    nlohmann::ordered_json json{{"seed", result.seed},
                                {"version", result.version},
                                {"diverged", diverged_},
                                {"tables", checksums(run_.folder)}};
    for (const auto& [name, value] : kResultNumbers) json[name] = result.*value;  // NaN becomes null
    for (const auto& [name, value] : kResultCounts) json[name] = result.*value;
    json["learning_rate"] = result.learning_rate;
    auto& theory = json["theory"] = nlohmann::ordered_json::object();
    for (const auto& [name, memory] : result.marks) theory[name] = memory;
    return json;
  }

  training::TrainingConfig& config_;
  const TrialRun& run_;
  training::World world_;
  std::unique_ptr<agents::Agent> agent_;
  EpisodeStats env_;
  WorldChanges changes_;
  training::DriftLog drift_log_;
  agents::Progress progress_;
  TrialLog log_;
  bool diverged_ = false;
};

[[noreturn]] void refuse(const fs::path& folder) {
  throw core::CorruptError("'" + folder.string() +
                           "' is damaged: remove this folder and run the same comparison again");
}

double number_or_nan(const nlohmann::json& value) { return value.is_null() ? kMissing : value.get<double>(); }

/// Demands a whole number of at least 0; the library would round, wrap around, or convert what no integer can
/// hold.
std::int64_t count_in(const nlohmann::json& value, const fs::path& folder) {
  const bool whole = value.is_number_unsigned();
  if (!whole || value.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max()) refuse(folder);
  return value.get<std::int64_t>();
}

}  // namespace

bool run_trial(training::TrainingConfig& config, const agents::Networks& networks, const TrialRun& run) {
  clear(run.folder);
  core::replace_file(config_file(run.folder), config.config_text());
  TrialTraining training(config, networks, run);
  if (!training.run()) return false;
  training.keep();
  return true;
}

bool has_result(const fs::path& folder) {
  std::error_code none;
  const auto size = fs::file_size(result_file(folder), none);
  return !none && size > 0;  // a power failure may leave an empty file
}

void check_config(const fs::path& folder, const std::string& config) {
  if (core::read_file(config_file(folder), kLongestConfig) == config) return;
  throw core::UsageError(
      "'" + folder.string() +
      "' holds a training of other options, or of another version of rhoam; choose another --out");
}

TrialResult read_result(const fs::path& folder, std::uint64_t seed) try {
  const auto json = nlohmann::json::parse(core::read_file(result_file(folder), kLongestResult));
  TrialResult result{};
  result.seed = seed;
  result.score = number_or_nan(json.at("score"));
  result.version = json.value("version", "an unknown version");
  for (const auto& [name, value] : kResultNumbers)
    if (json.contains(name)) result.*value = number_or_nan(json.at(name));  // an older version had fewer
  for (const auto& [name, value] : kResultCounts) result.*value = count_in(json.at(name), folder);
  if (json.contains("theory")) {
    result.learning_rate = number_or_nan(json.at("learning_rate"));
    for (const auto& [name, memory] : json.at("theory").items())
      result.marks.push_back({name, number_or_nan(memory)});
  } else if (fs::exists(config_file(folder))) {  // an older version kept neither
    result.learning_rate = only_rate(training::TrainingConfig::from_config(config_file(folder)));
  }
  if (json.at("tables") != nlohmann::json(checksums(folder)) || json.at("seed") != seed) refuse(folder);
  return result;
} catch (const nlohmann::json::exception&) {
  refuse(folder);
} catch (const core::UsageError&) {
  refuse(folder);
}

}  // namespace rhoam::compare

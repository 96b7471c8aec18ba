#include "rhoam/compare/runner.h"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <exception>
#include <mutex>
#include <thread>

#include "rhoam/compare/trial.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/interrupt.h"
#include "rhoam/core/lock.h"
#include "rhoam/core/status_line.h"
#include "rhoam/training/optimizer_metrics.h"

namespace rhoam::compare {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto kPatience = 100ms;  // between two searches for a task

/// The memories that the matching rules find under a scenario's drifts; nothing where there is no timescale
/// to match.
std::vector<TheoryMark> theory_marks(const Scenario& scenario, const agents::Networks& networks) {
  std::vector<TheoryMark> found;
  for (const char* rule : {"match", "match:optimal"}) try {
      auto options = scenario.options;
      put(options, std::vector<core::GivenOption>{{"rho", {rule}}});
      const auto config = make_config(scenario.env, scenario.algorithm, options, 0);
      const auto world = training::make_world(config, nullptr);
      const auto agent = training::make_agent(config, world, networks, nullptr);
      found.push_back({rule, optim::memory_of_rho(training::first_rho(*agent))});
    } catch (const core::UsageError&) {
    }
  return found;
}

bool interrupted() { return core::InterruptCatcher::signal() != 0; }

/// The trials of one process and the threads that run them. All but `work` and `stops` run under the mutex.
class WorkerPool {
 public:
  WorkerPool(const Comparison& comparison, TrialStore& store, const RunOptions& options)
      : comparison_(comparison), store_(store), options_(options), line_(stderr, options.quiet) {
    for (std::size_t index = 0; index < store.trials().size(); ++index)
      if (options.shard.mine(index)) mine_.push_back(index);
    running_.resize(store.trials().size());
    marks_.resize(comparison.scenarios.size());
    for (int scenario = 0; scenario < std::ssize(comparison.scenarios); ++scenario)
      steps_.push_back(static_cast<double>(comparison.config_of({scenario, 0, 0, Stage::final, 0}).steps));
    done_before_ = done_steps();
  }

  /// Runs one thread until there is nothing left to do for this process.
  void work() {
    try {
      while (auto task = next()) run(*task);
    } catch (...) {  // rethrown by finish
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      failed_ = true;
    }
  }

  void finish() {
    line_.finish();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  struct Task {
    std::size_t index;
    Trial trial;
    core::Descriptor lock;
  };

  bool stops() const { return interrupted() || failed_; }

  /// The next task; nothing when all is done or it has to stop.
  std::optional<Task> next() {
    while (!stops()) {
      {
        const std::lock_guard lock(mutex_);
        show();
        bool waits = false;
        if (auto task = pick(waits)) return task;
        if (!waits) return std::nullopt;
      }
      std::this_thread::sleep_for(kPatience);
    }
    return std::nullopt;
  }

  std::optional<Task> pick(bool& waits) {
    for (const auto index : mine_) {
      if (running_[index] || store_.done(index)) continue;
      waits = true;
      const auto trial = store_.resolved(index);
      if (auto task = trial ? claim(index, *trial) : pick_tuning_of(store_.trials()[index])) return task;
    }
    for (const auto index : mine_) store_.look(index);  // other processes may have finished some
    return std::nullopt;
  }

  /// A tuning trial, of any shard, that a final trial of ours depends on.
  std::optional<Task> pick_tuning_of(const Trial& waiting) {
    for (std::size_t index = 0; index < store_.trials().size(); ++index) {
      const Trial& trial = store_.trials()[index];
      if (trial.stage != Stage::tuning || trial.scenario != waiting.scenario ||
          trial.setting != waiting.setting)
        continue;
      if (running_[index] || store_.done(index)) continue;
      if (!store_.locks() && !options_.shard.mine(index))
        store_.look(index);  // its own shard may be running it
      else if (auto task = claim(index, trial))
        return task;
    }
    return std::nullopt;
  }

  std::optional<Task> claim(std::size_t index, const Trial& trial) {
    fs::create_directories(store_.folder(trial));
    auto lock = core::lock_folder(store_.folder(trial));
    if (!lock || store_.look(index)) return std::nullopt;
    running_[index] = true;
    return Task{index, trial, std::move(lock->descriptor)};
  }

  void run(const Task& task) {
    training::TrainingConfig config = comparison_.config_of(task.trial);
    run_trial(config, options_.networks,
              {.folder = store_.folder(task.trial),
               .regret = !comparison_.score.higher_is_better,
               .keep_agent = task.trial.stage == Stage::final,
               .marks = marks_of(task.trial.scenario),
               .stop = [this] { return stops(); }});
    const std::lock_guard lock(mutex_);
    running_[task.index] = false;
    store_.look(task.index);
  }

  std::vector<TheoryMark> marks_of(int scenario) {
    const std::lock_guard lock(marks_mutex_);
    auto& marks = marks_[scenario];
    if (!marks) marks = theory_marks(comparison_.scenarios[scenario], options_.networks);
    return *marks;
  }

  double steps_of(std::size_t index) const { return steps_[store_.trials()[index].scenario]; }

  double done_steps() const {
    double steps = 0;
    for (const auto index : mine_)
      if (store_.done(index)) steps += steps_of(index);
    return steps;
  }

  void show() {
    if (!line_.due()) return;
    const auto done = std::ranges::count_if(mine_, [this](auto index) { return store_.done(index); });
    double all = 0;
    for (const auto index : mine_) all += steps_of(index);
    const double steps = done_steps(), rate = (steps - done_before_) / line_.seconds();
    auto text = fmt::format("{}/{} trainings  {:.0f}%", done, mine_.size(), std::floor(100 * steps / all));
    if (rate > 0) text += "  ETA " + core::duration_text((all - steps) / rate);
    line_.show(text);
  }

  const Comparison& comparison_;
  TrialStore& store_;
  const RunOptions& options_;
  core::StatusLine line_;
  std::mutex mutex_;
  std::vector<std::size_t> mine_;
  std::vector<bool> running_;  ///< [trial], by this process
  std::vector<double> steps_;  ///< environment steps of a trial, by scenario
  std::mutex marks_mutex_;
  std::vector<std::optional<std::vector<TheoryMark>>> marks_;  ///< by scenario, as far as they were needed
  double done_before_ = 0;                                     ///< steps
  std::exception_ptr failure_;
  std::atomic<bool> failed_ = false;  ///< in any thread: the others abandon their trials
};

}  // namespace

int run_trials(const Comparison& comparison, TrialStore& store, const RunOptions& options) {
  const core::InterruptCatcher catcher;
  WorkerPool pool(comparison, store, options);
  {
    std::vector<std::jthread> threads;
    const auto most = std::max<std::size_t>(1, store.trials().size());
    for (std::size_t i = 1; i < std::min<std::size_t>(options.threads, most); ++i)
      threads.emplace_back([&] { pool.work(); });
    pool.work();
  }
  pool.finish();
  return core::InterruptCatcher::signal();
}

}  // namespace rhoam::compare

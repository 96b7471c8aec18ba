#include "rhoam/compare/trial_log.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "rhoam/compare/recovery.h"
#include "rhoam/core/csv.h"

namespace rhoam::compare {
namespace {

struct Column {
  const char* name;
  std::vector<double> TrialLog::*values;
};

constexpr Column kColumns[] = {
    {"time/n_updates", &TrialLog::updates},      {"rollout/episodes", &TrialLog::episodes},
    {"rollout/last_ep_rew", &TrialLog::returns}, {"rollout/regret", &TrialLog::regret},
    {"optim/actor/memory", &TrialLog::memory},   {"optim/critic/memory", &TrialLog::critic_memory},
    {"optim/actor/root_v", &TrialLog::root_v},
};

}  // namespace

double mean_known(std::span<const double> values) {
  double sum = 0, count = 0;
  for (const double value : values)
    if (!std::isnan(value)) sum += value, ++count;
  return sum / count;
}

double geometric_mean_known(std::span<const double> values) {
  std::vector<double> logs;
  for (const double value : values) logs.push_back(std::log(value));
  return std::exp(mean_known(logs));
}

std::vector<double> durations(const TrialLog& trace) {
  std::vector<double> steps(trace.steps.size());
  std::adjacent_difference(trace.steps.begin(), trace.steps.end(), steps.begin());
  return steps;
}

std::vector<std::vector<core::Metric>> rows_around_changes(const TrialLog& trace,
                                                           std::span<const double> score,
                                                           double declared_dwell) {
  const auto steps = durations(trace);
  const Course course{.score = score, .steps = steps, .changes = trace.changes};
  const double dwell = std::isnan(declared_dwell) ? median_dwell(course) : declared_dwell;
  const auto offsets = offsets_around(dwell);
  const auto scores = around_changes(score, course, dwell),
             memory = around_changes(trace.memory, course, dwell),
             root_v = around_changes(trace.root_v, course, dwell);
  std::vector<std::vector<core::Metric>> rows;
  for (std::size_t i = 0; i < offsets.size(); ++i)
    rows.push_back(
        {{"offset", offsets[i]}, {"score", scores[i]}, {"memory", memory[i]}, {"root_v", root_v[i]}});
  return rows;
}

std::vector<std::vector<core::Metric>> binned(const TrialLog& trace, double total_steps, int bins) {
  std::vector<std::vector<core::Metric>> rows;
  std::size_t begin = 0;
  for (int bin = 1; bin <= bins; ++bin) {
    const double edge = total_steps * bin / bins;
    const auto past = bin == bins ? trace.steps.end() : std::ranges::upper_bound(trace.steps, edge);
    const auto end = static_cast<std::size_t>(past - trace.steps.begin());
    if (end == begin && !rows.empty()) {
      rows.push_back(rows.back());
      rows.back()[0].value = edge;
      continue;
    }
    rows.push_back({{core::kStepsColumn, edge}});
    for (const auto& [name, values] : kColumns)
      rows.back().push_back({name, mean_known(std::span(trace.*values).subspan(begin, end - begin))});
    begin = end;
  }
  return rows;
}

}  // namespace rhoam::compare

#include "rhoam/compare/recovery.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "rhoam/core/missing.h"
#include "rhoam/core/statistics.h"

namespace rhoam::compare {
namespace {

constexpr double kBack = 0.9;    // of the loss regained
constexpr double kFallen = 0.5;  // of the loss; the score of finished episodes lags behind the change
constexpr double kWindowsPerDwell = 16;
constexpr double kFewestWindows = 4;  // in a dwell
constexpr double kRounding = 1e-9;    // of sums: a smaller loss counts as none
constexpr double kBefore = 0.25;      // dwells shown before a change

/// From one change to the next.
struct Segment {
  std::size_t first, end;  // iterations
  std::size_t before;      // first iteration of the world before it
};

std::vector<Segment> segments(const Course& course) {
  const std::size_t length = course.score.size();
  std::vector<std::size_t> changes(course.changes.begin(), course.changes.end());
  std::erase_if(changes, [&](std::size_t i) { return i >= length; });
  std::ranges::sort(changes);
  changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
  std::vector<Segment> parts;
  for (std::size_t i = 0; i < changes.size(); ++i)
    parts.push_back({.first = changes[i],
                     .end = i + 1 < changes.size() ? changes[i + 1] : length,
                     .before = i > 0 ? changes[i - 1] : 0});
  return parts;
}

/// Median of `length(segment)` over the segments that a change ends, or over the only one.
template <class Length>
double median_length(std::span<const Segment> parts, Length&& length) {
  std::vector<double> lengths;
  for (const auto& part : parts) lengths.push_back(length(part));
  if (lengths.size() > 1) lengths.pop_back();
  return core::median(lengths);
}

double iterations(const Segment& part) { return static_cast<double>(part.end - part.first); }

double steps_within(const Course& course, std::size_t from, std::size_t to) {
  return std::accumulate(course.steps.begin() + from, course.steps.begin() + to, 0.0);
}

std::size_t window_of(std::span<const Segment> parts) {
  const double dwell = median_length(parts, iterations);
  return parts.empty() ? 1 : static_cast<std::size_t>(std::max(1.0, std::floor(dwell / kWindowsPerDwell)));
}

/// Centred running mean of `window` values, cut at both ends.
std::vector<double> smooth(std::span<const double> values, std::size_t window) {
  std::vector<double> sums = {0}, means(values.size());
  for (const double value : values) sums.push_back(sums.back() + value);
  const std::size_t back = (window - 1) / 2, ahead = window - back;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t from = i - std::min(i, back), to = std::min(values.size(), i + ahead);
    means[i] = (sums[to] - sums[from]) / static_cast<double>(to - from);
  }
  return means;
}

double level_before(const Course& course, const Segment& part, std::size_t window) {
  const std::size_t last = std::min(window, part.first - part.before);
  return core::mean(course.score.subspan(part.first - last, last));
}

bool scored(const Course& course, const Segment& part) {
  return std::ranges::all_of(course.score.subspan(part.first, part.end - part.first),
                             [](double score) { return std::isfinite(score); });
}

/// Outcome of one change.
struct Aftermath {
  double steps, lost;
  bool recovered;
};

Aftermath follow(const Course& course, const Segment& part, double level, std::size_t window) {
  const auto mean = smooth(course.score.subspan(part.first, part.end - part.first), window);
  const auto steps = course.steps.subspan(part.first, mean.size());
  double lost = 0;
  for (std::size_t i = 0; i < mean.size(); ++i) lost += std::max(0.0, level - mean[i]) * steps[i] / 1000;
  const double worst = std::ranges::min(mean), loss = level - worst;
  if (loss <= kRounding * std::max(std::abs(level), std::abs(worst)))
    return {.steps = 0, .lost = lost, .recovered = true};
  const auto fallen = std::ranges::find_if(mean, [&](double m) { return m <= level - kFallen * loss; });
  const auto back =
      std::find_if(fallen, mean.end(), [&](double m) { return m >= level - (1 - kBack) * loss; });
  const auto counted = back == mean.end() ? back : back + 1;
  return {.steps = std::accumulate(steps.begin(), steps.begin() + (counted - mean.begin()), 0.0),
          .lost = lost,
          .recovered = back != mean.end()};
}

/// Integrals over environment steps of a series that is constant within an iteration.
class Integral {
 public:
  Integral(std::span<const double> series, std::span<const double> steps) {
    for (std::size_t i = 0; i < series.size(); ++i) {
      const bool seen = std::isfinite(series[i]);
      time_.push_back(time_.back() + steps[i]);
      area_.push_back(area_.back() + (seen ? series[i] * steps[i] : 0));
      seen_.push_back(seen_.back() + (seen ? steps[i] : 0));
    }
  }

  double start(std::size_t iteration) const { return time_[iteration]; }
  double area(double from, double to) const { return to > from ? at(area_, to) - at(area_, from) : 0; }
  double seen(double from, double to) const { return to > from ? at(seen_, to) - at(seen_, from) : 0; }

 private:
  double at(const std::vector<double>& sums, double time) const {
    const auto above = std::ranges::upper_bound(time_, time);
    if (above == time_.end()) return sums.back();
    const auto i = static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, above - time_.begin()));
    return std::lerp(sums[i - 1], sums[i], (time - time_[i - 1]) / (time_[i] - time_[i - 1]));
  }

  std::vector<double> time_ = {0}, area_ = {0}, seen_ = {0};
};

}  // namespace

std::size_t smoothing_window(const Course& course) { return window_of(segments(course)); }

double median_dwell(const Course& course) {
  return median_length(segments(course),
                       [&](const Segment& part) { return steps_within(course, part.first, part.end); });
}

Recovery measure_recovery(const Course& course) {
  const auto parts = segments(course);
  const std::size_t window = window_of(parts);
  const double dwell = median_length(parts, iterations);
  if (dwell < kFewestWindows * static_cast<double>(window))
    return {.steps = kMissing, .unrecovered = kMissing, .lost = kMissing, .changes = 0};
  Recovery sum = {.steps = 0, .unrecovered = 0, .lost = 0, .changes = 0};
  for (const auto& part : parts) {
    const bool cut = part.end == course.score.size() && iterations(part) < dwell;
    const double level = level_before(course, part, window);
    if (cut || !std::isfinite(level) || !scored(course, part)) continue;
    const auto after = follow(course, part, level, window);
    sum.steps += after.steps;
    sum.lost += after.lost;
    sum.unrecovered += !after.recovered;
    ++sum.changes;
  }
  const double count = sum.changes > 0 ? sum.changes : kMissing;
  return {.steps = sum.steps / count,
          .unrecovered = sum.unrecovered / count,
          .lost = sum.lost / count,
          .changes = sum.changes};
}

double share_below(std::span<const double> score, std::span<const double> steps, double threshold) {
  double below = 0, all = 0;
  for (std::size_t i = 0; i < score.size(); ++i) {
    if (std::isnan(score[i])) continue;
    all += steps[i];
    if (score[i] < threshold) below += steps[i];
  }
  return all > 0 ? below / all : kMissing;
}

std::vector<double> offsets_around(double dwell, int bins) {
  std::vector<double> centres;
  for (int bin = 0; bin < bins; ++bin)
    centres.push_back(dwell * ((1 + kBefore) * (bin + 0.5) / bins - kBefore));
  return centres;
}

std::vector<double> around_changes(std::span<const double> series, const Course& course, double dwell,
                                   int bins) {
  const Integral integral(series, course.steps);
  const double half = dwell * (1 + kBefore) / bins / 2;
  auto means = offsets_around(dwell, bins);
  const auto parts = segments(course);
  for (double& bin : means) {
    double area = 0, seen = 0;
    for (const auto& part : parts) {
      const double centre = integral.start(part.first) + bin;
      const double from = std::max(centre - half, integral.start(bin < 0 ? part.before : part.first));
      const double to = std::min(centre + half, integral.start(bin < 0 ? part.first : part.end));
      area += integral.area(from, to);
      seen += integral.seen(from, to);
    }
    bin = seen > 0 ? area / seen : kMissing;
  }
  return means;
}

}  // namespace rhoam::compare

#include "rhoam/watch/training_charts.h"

#include <utility>

#include "rhoam/render/chart/column.h"
#include "rhoam/render/scene/layout.h"
#include "rhoam/watch/run_charts.h"

namespace rhoam::watch {

TrainingCharts::TrainingCharts(std::vector<Run> runs) : runs_(std::move(runs)) {
  for (const auto& run : runs_) logs_.emplace_back(run.directory);
  refresh();
}

void TrainingCharts::refresh() {
  for (auto& log : logs_)
    if (log.refresh()) stale_ = true;
}

void TrainingCharts::move(std::size_t run, std::int64_t steps) {
  runs_[run].steps = steps;
  stale_ = true;
}

const render::Image* TrainingCharts::image(const Size& size, const render::Theme& theme) {
  const double scale = scale_of(size, true);
  const auto room = render::charts_area(size.width, size.height, scale);
  const int width = static_cast<int>(room.width), height = static_cast<int>(room.height);
  if (runs_.empty() || width == 0 || height == 0) return nullptr;
  if (!stale_ && image_.width() == width && image_.height() == height) return &image_;
  std::vector<NamedLog> named;
  for (std::size_t i = 0; i < runs_.size(); ++i)
    named.push_back({runs_[i].name, &logs_[i], runs_[i].steps, runs_[i].color});
  image_.resize(width, height);
  render::paint_charts(image_, scale, run_charts(named), render::chart_colors(theme));
  stale_ = false;
  return &image_;
}

}  // namespace rhoam::watch

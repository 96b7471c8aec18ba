#include "rhoam/watch/frame.h"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "rhoam/render/chart/column.h"
#include "rhoam/render/scene/screen.h"
#include "rhoam/watch/hud.h"

namespace rhoam::watch {
namespace {

/// Draw lists that the scene of a simulation borrows.
using Recent = std::vector<const envs::DrawList*>;

Recent recent_of(const Playback& playback, const Simulation& simulation) {
  const std::int64_t now = playback.head_of(simulation);
  Recent recent;
  for (auto step = std::max<std::int64_t>(0, now - render::kFlameSteps + 1); step <= now; ++step)
    recent.push_back(&simulation.moment(step).scene);
  return recent;
}

/// Whether players are marked with their colours: among ghosts, or beside charts with a line for each.
bool has_marks(std::span<const Simulation> simulations, bool ghosts, bool charts) {
  const auto trained = [](const Simulation& simulation) { return simulation.player().trainee.has_value(); };
  return simulations.size() > 1 && (ghosts || (charts && std::ranges::count_if(simulations, trained) > 1));
}

}  // namespace

Size usual_size(bool charts) { return charts ? Size{960, 640} : Size{600, 400}; }

double scale_of(const Size& size, bool charts) {
  const Size usual = usual_size(charts);
  return std::min(static_cast<double>(size.width) / usual.width,
                  static_cast<double>(size.height) / usual.height);
}

void paint_moment(const Playback& playback, const Viewer& viewer, const Surroundings& surroundings,
                  const render::Theme& theme, render::Image& image) {
  const auto simulations = playback.simulations();
  std::vector<Recent> recent;
  std::vector<render::Overlay> overlays;
  for (const auto& simulation : simulations) {
    recent.push_back(recent_of(playback, simulation));
    overlays.push_back(overlay_of(simulation, playback.head_of(simulation)));
  }
  const auto scene_of = [&](std::size_t i) {
    return render::Scene{recent[i], playback.head_of(simulations[i]), viewer.shown().overlays};
  };
  render::Screen screen{.charts = surroundings.charts,
                        .caption = surroundings.caption,
                        .status = viewer.shown().overlays ? viewer.status() : "",
                        .notice = viewer.notice()};
  const bool marks = has_marks(simulations, viewer.shown().ghosts, surroundings.charts != nullptr);
  for (std::size_t i = 0; i < simulations.size(); ++i) {
    const auto color = render::palette_tone(i, render::chart_colors(theme));
    if (viewer.shown().ghosts && i > 0) {
      screen.panes[0].ghosts.push_back({simulations[i].player().title, scene_of(i), color});
      continue;
    }
    screen.panes.push_back({.title = simulations.size() > 1 ? simulations[i].player().title : "",
                            .color = marks ? std::optional(color) : std::nullopt,
                            .scene = scene_of(i),
                            .overlay = viewer.shown().overlays ? &overlays[i] : nullptr});
  }
  if (viewer.help()) screen.help = Viewer::keys();
  render::DriftPanel panel;
  if (const auto selected = viewer.selected()) {
    panel = {dials_of(simulations[0], playback.head_of(simulations[0])), *selected};
    screen.drifts = &panel;
  }
  render::paint_screen(image, scale_of({image.width(), image.height()}, surroundings.charts != nullptr),
                       screen, theme);
}

}  // namespace rhoam::watch

#include "rhoam/watch/options.h"

#include <algorithm>
#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/render/scene/theme.h"

namespace rhoam::watch {
namespace {

constexpr double kFilmScale = 1, kWindowScale = 1.5, kWindowScaleWithCharts = 1.25;
constexpr int kSmallestSide = 64, kLargestSide = 8192;

std::vector<std::string> theme_names() {
  std::vector<std::string> names;
  for (const auto& theme : render::themes()) names.emplace_back(theme.name);
  return names;
}

/// Codecs require even sides.
int even(double pixels) { return 2 * static_cast<int>(std::lround(pixels / 2)); }

Size parse_size(const std::string& text) {
  const auto parts = core::split(text, 'x');
  const auto side = [&](std::size_t i) {
    return i < parts.size() ? core::parse_integer<int>(parts[i]) : std::nullopt;
  };
  const auto allowed = [](const std::optional<int>& pixels) {
    return pixels && *pixels >= kSmallestSide && *pixels <= kLargestSide && *pixels % 2 == 0;
  };
  if (parts.size() != 2 || !allowed(side(0)) || !allowed(side(1)))
    throw core::UsageError("--size '" + text + "' is not WIDTHxHEIGHT in even numbers of pixels, " +
                           std::to_string(kSmallestSide) + " … " + std::to_string(kLargestSide) +
                           ", such as 1200x800");
  return {*side(0), *side(1)};
}

}  // namespace

void PictureOptions::describe(core::Options& options) {
  options.section("Picture");
  options.choice("theme", theme, "colours; gym has Gymnasium's", theme_names());
  options.add("scale", scale,
              "size in parts of 600x400, or of 960x640 with charts; 0: 1 for a film, 1.5 for a window, 1.25 "
              "with charts",
              {.low = 0, .high = 10});
  options.add("size", size, "size in pixels instead, such as 1200x800");
  options.choice("charts", charts,
                 "charts of the training beside the scene; auto: in a window that has a run",
                 {"auto", "on", "off"});
  options.flag("no-overlays", no_overlays, "the bare world, without numbers and arrows");
}

bool PictureOptions::wants_charts(bool available, bool window) const {
  if (charts == "on" && !available)
    throw core::UsageError("--charts on needs a run directory: there is no training to show charts of");
  return available && (charts == "on" || (charts == "auto" && window));
}

Size PictureOptions::pixels(bool with_charts, bool window) const {
  if (!size.empty() && scale > 0)
    throw core::UsageError("--scale " + core::format_double(scale) + " and --size " + size +
                           " both say how large: leave one out");
  if (!size.empty()) return parse_size(size);
  const auto usual = usual_size(with_charts);
  const double factor = scale > 0     ? scale
                        : !window     ? kFilmScale
                        : with_charts ? kWindowScaleWithCharts
                                      : kWindowScale;
  const Size pixels{even(usual.width * factor), even(usual.height * factor)};
  if (std::min(pixels.width, pixels.height) < kSmallestSide)
    throw core::UsageError("--scale " + core::format_double(scale) + " leaves fewer than " +
                           std::to_string(kSmallestSide) + " pixels");
  return pixels;
}

void refuse_empty(const core::Options& options) {
  for (const auto& [name, texts] : options.all_given())
    if (std::ranges::count(texts, "") > 0)
      throw core::UsageError("--" + name + " is given without a value: give one, or leave it out");
}

void WatchOptions::describe(core::Options& options) {
  options.section("What is played");
  options.add("checkpoint", checkpoint, "which of a run's checkpoints: best, last or a number of steps");
  options.flag("stochastic", stochastic, "sample actions; otherwise the most probable one");
  options.add("seed", seed, "seed of the first episode; each next one has the next seed");
  options.add("episodes", episodes, "end after so many; 0: never in a window, 1 in a film",
              {.low = 0, .high = 1 << 20});
  options.list("param", params, "NAME=VALUE of a parameter of the world; see 'rhoam list'");
  options.list("drift", drifts,
               "PARAM:SCHEDULE, such as gravity:sine:period=500,low=-11,high=-4; it begins with the first "
               "episode. Without one the world stands as it stood at the checkpoint");
  options.flag("follow", follow, "watch a training that is under way: its newest checkpoint in each episode");
  options.flag("ghosts", ghosts, "lay several runs over each other instead of side by side");
  options.section("Film");
  options.add(
      "record", record,
      "record instead of opening a window, needs no display: FILE.mp4, .webm, .gif (these by ffmpeg), "
      "FOLDER/%05d.png, or FILE.replay; a folder must be there");
  options.flag("story", story, "a clip of every checkpoint of the run: how it learned");
  options.add("speed", speed, "parts of real time, 50 steps a second", {.low = 0.25, .high = 16});
  style.describe(options);
  options.section("Output");
  options.flag("quiet", quiet, "print nothing but errors and what --json asks for");
  options.flag("json", json, "sum up the result as one JSON object on the last line");
  options.flag("help", help, "show this text");
}

}  // namespace rhoam::watch

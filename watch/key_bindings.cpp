// The keys of a viewer, and what each of them does.
#include <algorithm>
#include <string_view>
#include <vector>

#include "rhoam/watch/viewer.h"

namespace rhoam::watch {
namespace {

constexpr double kSlowest = 0.25, kFastest = 16;

constexpr std::u32string_view kSteering = U"wasd";

}  // namespace

struct Viewer::Binding {
  std::array<char32_t, 2> keys;  ///< 0: none
  const char* names;
  const char* does;
  void (*act)(Viewer&);
  bool repeats = false;  ///< while it is held
};

std::span<const Viewer::Binding> Viewer::bindings() {
  static constexpr Binding kBindings[] = {
      {{U' '}, "space", "pause, go on", [](Viewer& v) { v.paused_ = !v.paused_; }},
      {{U'.'}, ".", "one step on", [](Viewer& v) { v.single_step(true); }, true},
      {{U','}, ",", "one step back", [](Viewer& v) { v.single_step(false); }, true},
      {{U'+', U'='},
       "+",
       "faster, up to 16×",
       [](Viewer& v) { v.set_speed(std::min(v.speed_ * 2, kFastest)); }},
      {{U'-'}, "-", "slower, down to ¼×", [](Viewer& v) { v.set_speed(std::max(v.speed_ / 2, kSlowest)); }},
      {{U'0'}, "0", "real time: 50 steps a second", [](Viewer& v) { v.set_speed(1); }},
      {{U'r'}, "r", "the same episode again", [](Viewer& v) { v.change_episode(&Playback::restart); }},
      {{U'n'}, "n", "next episode", [](Viewer& v) { v.change_episode(&Playback::next); }},
      {{U'b'}, "b", "the episode before", [](Viewer& v) { v.change_episode(&Playback::previous); }},
      {{U's'}, "s", "sampled or greedy actions", [](Viewer& v) { v.toggle_greedy(); }},
      {{render::key::kTab},
       "tab",
       "numbers and arrows",
       [](Viewer& v) { v.shown_.overlays = !v.shown_.overlays; }},
      {{U'c'}, "c", "charts of the training", [](Viewer& v) { v.shown_.charts = !v.shown_.charts; }},
      {{U'g'}, "g", "runs side by side or as ghosts", [](Viewer& v) { v.toggle_ghosts(); }},
      {{U'h'}, "h", "take over (arrows, WASD, stick), give back", [](Viewer& v) { v.toggle_hand(); }},
      {{U'd'}, "d", "turn parameters of the world by arrows", [](Viewer& v) { v.panel_ = !v.panel_; }},
      {{U'p'}, "p", "save a picture", [](Viewer& v) { v.screenshot_ = true; }},
      {{U'v'}, "v", "start and stop recording", [](Viewer& v) { v.record_ = true; }},
      {{U'?', U'/'}, "?", "this card", [](Viewer& v) { v.help_ = !v.help_; }},
      {{U'q', render::key::kEscape}, "q, Esc", "quit", [](Viewer& v) { v.quits_ = true; }},
  };
  return kBindings;
}

std::span<const render::KeyHelp> Viewer::keys() {
  static const auto kHelp = [] {
    std::vector<render::KeyHelp> help;
    for (const auto& binding : bindings()) help.push_back({binding.names, binding.does});
    return help;
  }();
  return kHelp;
}

void Viewer::press(char32_t key, bool repeated) {
  if (panel_ && press_in_panel(key)) return;
  if (key == 0) return;
  if (by_hand_ && !panel_ && kSteering.find(key) != kSteering.npos) return;
  const auto binding = std::ranges::find_if(
      bindings(), [&](const Binding& each) { return std::ranges::count(each.keys, key) > 0; });
  if (binding != bindings().end() && (binding->repeats || !repeated)) binding->act(*this);
}

}  // namespace rhoam::watch

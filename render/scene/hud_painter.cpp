#include "rhoam/render/scene/hud_painter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "rhoam/core/number_format.h"
#include "rhoam/core/text.h"

namespace rhoam::render {

const Lettering& lettering() {
  static const Lettering sizes;
  return sizes;
}

namespace {

constexpr double kPieceGap = 10;
constexpr double kLeastForSteps = 220;

/// Writes at the right end of the room and removes the width of `widest`, or of the text if that is wider.
void take_right(Canvas& canvas, Rect& room, const std::string& text, const std::string& widest,
                const Font& font, Color color) {
  canvas.text({room.right(), font.base_line(room.y + room.height / 2)}, text, font, color, Align::right);
  room.width -= std::max(font.width(text), font.width(widest)) + kPieceGap;
}

/// The title followed by the names of the ghosts.
std::string who_plays(const Pane& pane) {
  std::vector<std::string> names;
  if (!pane.title.empty()) names.push_back(pane.title);
  for (const auto& ghost : pane.ghosts) names.push_back(ghost.name);
  return core::join(names, " + ");
}

}  // namespace

void paint_strip(Canvas& canvas, const Rect& room, const Pane& pane, const Theme& theme) {
  const auto& letters = lettering();
  Rect rest{room.x + 2, room.y, room.width - 4, room.height};
  if (pane.overlay != nullptr) {
    take_right(canvas, rest, core::fixed_text(pane.overlay->episode_return, 1), core::kWidestNumber,
               letters.bold, theme.text);
    if (room.width >= kLeastForSteps)
      take_right(canvas, rest, "step " + core::grouped(pane.overlay->step),
                 "step " + core::grouped(pane.overlay->step_limit), letters.plain, theme.quiet);
  }
  if (pane.color && pane.ghosts.empty()) {
    const double taken = paint_mark(canvas, rest, *pane.color);
    rest.x += taken;
    rest.width -= taken;
  }
  canvas.text({rest.x, letters.bold.base_line(rest.y + rest.height / 2)},
              letters.bold.shortened(who_plays(pane), rest.width), letters.bold, theme.text);
}

double Track::column(double value) const {
  const double length = high - low;
  if (std::isnan(value) || !std::isfinite(length) || length <= 0)
    return std::numeric_limits<double>::quiet_NaN();
  return room.x + room.width * ((std::clamp(value, low, high) - low) / length);
}

void paint_track(Canvas& canvas, const Track& track, Color color) {
  canvas.fill_rounded(track.room, std::min(track.room.width, track.room.height) / 2, color);
}

void paint_span(Canvas& canvas, const Track& track, double from, double to, Color color) {
  const auto [left, right] = std::minmax({track.column(from), track.column(to)});
  if (std::isnan(left) || std::isnan(right)) return;
  const Rect bar{left, track.room.y, right - left, track.room.height};
  canvas.fill_rounded(bar, std::min({1.5, bar.width / 2, bar.height / 2}), color);
}

void paint_tick(Canvas& canvas, const Track& track, double value, double overhang, const Stroke& stroke) {
  const double column = track.column(value);
  if (std::isnan(column)) return;
  const Segment tick{{column, track.room.y - overhang}, {column, track.room.bottom() + overhang}};
  canvas.segments({&tick, 1}, stroke);
}

void paint_dot(Canvas& canvas, const Track& track, double value, double diameter, Color color) {
  const Point centre{track.column(value), track.room.y + track.room.height / 2};
  if (!centre.is_gap()) canvas.discs({&centre, 1}, diameter, color);
}

namespace {

constexpr double kColumnGap = 6;

/// The unit after a number; empty for one that is an explanation, too long to show in full.
std::string unit_text(const envs::Gauge& gauge) {
  constexpr double kWidest = 44;
  const bool fits = lettering().plain.width(gauge.unit) <= kWidest;
  return gauge.unit.empty() || !fits ? "" : " " + gauge.unit;
}

/// Width with the unit: the same for all numbers on the scale, so that nothing jumps.
double value_width(const envs::Gauge& gauge) {
  const Font& font = lettering().plain;
  const int decimals = core::decimals_on(gauge.low, gauge.high);
  double width = 0;
  for (const double number : {gauge.low, gauge.high, gauge.value})
    width = std::max(width, font.width(core::fixed_text(number, decimals)));
  return width + font.width(unit_text(gauge));
}

/// Paints the rows of a card into one room.
class RowPainter {
 public:
  RowPainter(Canvas& canvas, const Rect& room, const Theme& theme)
      : canvas_(canvas), room_(room), theme_(theme) {}

  void operator()(const row::Title& title) {
    if (title.color) mark(*title.color);
    left(*title.text, letters_.bold, theme_.text, room_.width);
  }

  void operator()(const row::Heading& heading) {
    left(heading.text, letters_.small, theme_.quiet, room_.width);
  }

  void operator()(const row::Score& score) {
    const double width = letters_.large.width(core::kWidestNumber);
    left(score.name, letters_.plain, theme_.quiet, room_.width - width - kColumnGap);
    right(core::fixed_text(score.value, 1), letters_.large, theme_.text);
  }

  void operator()(const row::Number& number) {
    const double width = letters_.plain.width(core::kWidestNumber);
    left(number.name, letters_.plain, theme_.quiet, room_.width - width - kColumnGap);
    right(core::fixed_text(number.value, 1), letters_.plain, theme_.text);
  }

  void operator()(const row::Progress& progress) {
    const std::string limit = progress.limit > 0 ? " / " + core::grouped(progress.limit) : "";
    cut_below(4);
    left("step", letters_.plain, theme_.quiet, room_.width / 3);
    right(limit, letters_.plain, theme_.quiet);
    right(core::grouped(progress.step), letters_.plain, theme_.text, letters_.plain.width(limit));
    if (progress.limit <= 0) return;
    const Track track{below(2), 0, static_cast<double>(progress.limit)};
    paint_track(canvas_, track, theme_.grid);
    paint_span(canvas_, track, 0, static_cast<double>(progress.step), theme_.quiet);
  }

  void operator()(const row::Part& part) {
    const double value = part.part->value;
    const double width = letters_.plain.width("−000.0");
    left(part.part->name, letters_.plain, theme_.text, name_width());
    right(core::fixed_text(value, 1), letters_.plain, theme_.text);
    const Track track{middle(width, 7), -part.reach, part.reach};
    paint_span(canvas_, track, 0, value, value < 0 ? theme_.bad : theme_.good);
    paint_tick(canvas_, track, 0, 2, {.color = theme_.quiet, .width = 1});
  }

  void operator()(const row::Choice& row) {
    const auto& [name, probability, chosen, executed] = *row.choice;
    left(name, letters_.plain, chosen ? theme_.accent : theme_.text, name_width());
    right(core::fixed_text(100 * probability, 0) + (std::isnan(probability) ? "" : " %"), letters_.plain,
          theme_.text);
    const Track track{middle(letters_.plain.width("100 %"), 7), 0, 1};
    paint_track(canvas_, track, theme_.grid);
    paint_span(canvas_, track, 0, probability, chosen ? theme_.accent : theme_.quiet);
  }

  void operator()(const row::Lever& row) {
    const auto& [name, mean, sigma, action, low, high, executed] = *row.lever;
    cut_below(12);
    left(name, letters_.plain, theme_.text, room_.width / 2);
    right(core::fixed_text(action, 2), letters_.plain, theme_.accent);
    const Track track{below(5), low, high};
    paint_track(canvas_, track, theme_.grid);
    paint_span(canvas_, track, mean - sigma, mean + sigma, theme_.quiet.with_alpha(0.55));
    paint_tick(canvas_, track, mean, 2, {.color = theme_.text, .width = 1.5});
    paint_dot(canvas_, track, action, 7, theme_.accent);
    if (executed != action)
      paint_tick(canvas_, track, executed, 3, {.color = theme_.of(envs::Ink::thrust), .width = 2.5});
  }

  void operator()(const row::Executed& executed) {
    const Color color = executed.altered ? theme_.of(envs::Ink::thrust) : theme_.text;
    left("executed", letters_.plain, theme_.quiet, name_width());
    right(executed.action, letters_.plain, color);
  }

  void operator()(const row::Dial& row) {
    const auto& [gauge, schedule, phase] = *row.dial;
    if (!schedule.empty()) paint_schedule(schedule, phase);
    cut_below(10);
    paint_gauge(gauge);
  }

  void operator()(const row::Ghost& ghost) {
    mark(ghost.ghost->color);
    left(ghost.ghost->name, letters_.plain, theme_.text, room_.width);
  }

  void operator()(const row::More& more) {
    left(fmt::format("+{} more", more.count), letters_.small, theme_.quiet, room_.width);
  }

 private:
  double name_width() const { return std::min(0.44 * room_.width, 80.0); }

  /// Paints a player's mark and removes its width from the left end of the room.
  void mark(Color color) {
    const double taken = paint_mark(canvas_, room_, color);
    room_.x += taken;
    room_.width -= taken;
  }

  double base_line(const Font& font) const { return font.base_line(room_.y + room_.height / 2); }

  void left(const std::string& text, const Font& font, Color color, double width) {
    canvas_.text({room_.x, base_line(font)}, font.shortened(text, width), font, color);
  }

  void right(const std::string& text, const Font& font, Color color, double indent = 0) {
    canvas_.text({room_.right() - indent, base_line(font)}, text, font, color, Align::right);
  }

  /// Removes the lower part of the room, in which below() gives strips.
  void cut_below(double part) {
    room_.height -= part;
    cut_ = part;
  }
  /// A strip of this height in the middle of the part cut off.
  Rect below(double strip) const {
    return {room_.x, room_.bottom() + (cut_ - strip) / 2, room_.width, strip};
  }
  /// A strip of this height between the name and a number of this width.
  Rect middle(double number_width, double strip) const {
    const double x = room_.x + name_width() + kColumnGap;
    return {x, room_.y + (room_.height - strip) / 2, room_.right() - number_width - kColumnGap - x, strip};
  }

  void paint_gauge(const envs::Gauge& gauge) {
    const int decimals = core::decimals_on(gauge.low, gauge.high);
    const std::string unit = unit_text(gauge);
    left(gauge.name, letters_.plain, theme_.text, room_.width - value_width(gauge) - kColumnGap);
    right(unit, letters_.plain, theme_.quiet);
    right(core::fixed_text(gauge.value, decimals), letters_.plain, theme_.text, letters_.plain.width(unit));
    const Track track{below(4), gauge.low, gauge.high};
    paint_track(canvas_, track, theme_.grid);
    paint_span(canvas_, track, 0, gauge.value, theme_.accent.with_alpha(0.4));
    paint_tick(canvas_, track, gauge.value, 2, {.color = theme_.accent, .width = 2});
  }

  /// Paints the schedule at the lower end of the room, then removes that part.
  void paint_schedule(const std::string& schedule, double phase) {
    const Rect whole = room_;
    room_ = {whole.x, whole.bottom() - 18, whole.width, 18};
    cut_below(5);
    left(schedule, letters_.small, theme_.quiet, room_.width);
    if (const Track track{below(2), 0, 1}; !std::isnan(phase)) {
      paint_track(canvas_, track, theme_.grid);
      paint_span(canvas_, track, 0, phase, theme_.quiet);
    }
    room_ = {whole.x, whole.y, whole.width, whole.height - 16};
  }

  Canvas& canvas_;
  Rect room_;
  const Theme& theme_;
  const Lettering& letters_ = lettering();
  double cut_ = 0;
};

}  // namespace

void paint_row(Canvas& canvas, const Rect& room, const Row& row, const Theme& theme) {
  std::visit(RowPainter(canvas, {room.x, room.y, room.width, height(row)}, theme), row);
}

void paint_rows(Canvas& canvas, const Rect& room, const Card& card, const Theme& theme) {
  Rect rest = room;
  for (const auto& row : card) {
    paint_row(canvas, rest, row, theme);
    rest.y += height(row);
  }
}

double paint_mark(Canvas& canvas, const Rect& room, Color color) {
  constexpr double kDiameter = 8, kTaken = 14;
  const Point centre{room.x + kDiameter / 2, room.y + room.height / 2};
  canvas.discs({&centre, 1}, kDiameter, color);
  return kTaken;
}

double full_width(const Overlay::Dial& dial) {
  return lettering().plain.width(dial.gauge.name) + kColumnGap + value_width(dial.gauge);
}

void paint_card_ground(Canvas& canvas, const Rect& room, const Theme& theme) {
  canvas.fill_rounded(room, std::min({6.0, room.width / 2, room.height / 2}), theme.card);
}

}  // namespace rhoam::render

#include "render/messages.h"

#include <algorithm>

#include "render/lettering.h"

namespace rhoam::render {
namespace {

constexpr double kPadding = 10;

Color tone_of(Overlay::Tone tone, const Theme& theme) {
  switch (tone) {
    case Overlay::Tone::good:
      return theme.good;
    case Overlay::Tone::bad:
      return theme.bad;
    case Overlay::Tone::neutral:
      break;
  }
  return theme.quiet;
}

/// More opaque than a card, as it is read at a glance.
Color ground(const Theme& theme) { return theme.card.with_alpha(std::max(theme.card.alpha, 0.9)); }

void centred(Canvas& canvas, const Rect& room, const std::string& text, const Font& font, Color color) {
  canvas.text({room.x + room.width / 2, font.base_line(room.y + room.height / 2)}, text, font, color,
              Align::centre);
}

/// A box around a text, in the middle of a room's width.
Rect box_around(const Rect& room, double top, const std::string& text, const Font& font, double height) {
  const double width = std::min(font.width(text) + 2 * kPadding + 4, room.width);
  return {room.x + (room.width - width) / 2, top, width, height};
}

}  // namespace

void paint_caption(Canvas& canvas, const Rect& band, const std::string& text, const Theme& theme) {
  const Font& font = lettering().headline;
  canvas.fill({&band, 1}, ground(theme));
  centred(canvas, band, font.shortened(text, band.width - 2 * kPadding), font, theme.text);
}

void paint_status(Canvas& canvas, const Rect& band, const std::string& text, const Theme& theme) {
  const Font& font = lettering().plain;
  canvas.fill({&band, 1}, theme.card);
  canvas.text({band.x + kPadding, font.base_line(band.y + band.height / 2)},
              font.shortened(text, band.width - 2 * kPadding), font, theme.quiet);
}

void paint_notice(Canvas& canvas, const Rect& room, const std::string& text, const Theme& theme) {
  constexpr double kHeight = 26, kAbove = 12;
  const Font& font = lettering().plain;
  const std::string line = font.shortened(text, room.width - 2 * kPadding);
  const Rect box = box_around(room, room.bottom() - kAbove - kHeight, line, font, kHeight);
  canvas.fill_rounded(box, kHeight / 2, ground(theme));
  centred(canvas, box, line, font, theme.text);
}

void paint_banner(Canvas& canvas, const Rect& room, const std::string& text, Overlay::Tone tone,
                  const Theme& theme) {
  constexpr double kLineHeight = 3, kSmall = 260;
  const bool is_small = room.width < kSmall && room.height < kSmall;
  const Font& font = is_small ? lettering().bold : lettering().headline;
  const double height = is_small ? 22 : 34;
  const std::string line = font.shortened(text, room.width - 2 * kPadding - 4);
  const Rect box = box_around(room, room.y + 0.18 * room.height - height / 2, line, font, height);
  canvas.fill_rounded(box, 5, ground(theme));
  centred(canvas, box, line, font, theme.text);
  const Rect under{box.x + 5, box.bottom() - kLineHeight, box.width - 10, kLineHeight};
  canvas.fill({&under, 1}, tone_of(tone, theme));
}

}  // namespace rhoam::render

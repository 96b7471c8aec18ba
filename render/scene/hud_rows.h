#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rhoam/render/canvas/geometry.h"
#include "rhoam/render/scene/hud.h"

namespace rhoam::render {

/// Rows of a card. What they point to must outlive them.
namespace row {
struct Title {
  const std::string* text;
  std::optional<Color> color;
};
struct Heading {
  const char* text;
};
/// The number that matters most.
struct Score {
  const char* name;
  double value;
};
struct Number {
  const char* name;
  double value;
};
/// The step and the last possible one; a limit of 0 is none.
struct Progress {
  std::int64_t step, limit;
};
/// A part of the return, as a bar from zero on a scale of −reach … reach.
struct Part {
  const envs::ReturnPart* part;
  double reach;
};
struct Choice {
  const Overlay::Choice* choice;
};
struct Lever {
  const Overlay::Lever* lever;
};
/// The action that the world was given. `altered`: not the one that the policy chose.
struct Executed {
  std::string action;
  bool altered;
};
struct Dial {
  const Overlay::Dial* dial;
};
struct Ghost {
  const render::Ghost* ghost;
};
/// Number of rows that did not fit.
struct More {
  std::size_t count;
};
}  // namespace row

using Row = std::variant<row::Title, row::Heading, row::Score, row::Number, row::Progress, row::Part,
                         row::Choice, row::Lever, row::Executed, row::Dial, row::Ghost, row::More>;

/// Rows that belong together. Their heights and columns do not depend on the values, so that nothing jumps.
using Card = std::vector<Row>;

inline constexpr double kCardPadding = 8;

double height(const Row& row);
double height(const Card& card);

/// The card with as many rows as fit, the last of which says how many more there are; empty if not even a
/// heading with one row fits.
Card fitted(Card card, double room);

/// HUD cards of one world, the most important first: the score with the title above it and the names of
/// ghosts below, parts of the return, the policy, the world.
std::vector<Card> cards_of(const Pane& pane);

/// A card at its place.
struct PlacedCard {
  Rect room;
  Card card;
};

/// Cards in columns; their lengths are to be multiplied by `zoom`.
struct CardColumns {
  double zoom = 1;
  std::vector<PlacedCard> cards = {};
};

/// Columns side by side, at the largest zoom that fits the room, at most `largest_zoom` (at least 1). Cards
/// that do not fit even at zoom 0.75 are cut or, as a last resort, left out.
CardColumns in_columns(const std::vector<Card>& cards, const Rect& room, double largest_zoom);

/// Two columns at the left and right edges of a scene that leave its middle third free.
CardColumns at_edges(const std::vector<Card>& cards, const Rect& room, double largest_zoom);

}  // namespace rhoam::render

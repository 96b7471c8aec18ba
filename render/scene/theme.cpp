#include "rhoam/render/scene/theme.h"

#include <utility>

#include "rhoam/core/text.h"

namespace rhoam::render {
namespace {

using envs::Ink;

constexpr Color rgb(std::uint32_t hex) {
  const auto part = [hex](int shift) { return static_cast<double>(hex >> shift & 0xff) / 255; };
  return {part(16), part(8), part(0)};
}

struct Inked {
  Ink ink;
  std::uint32_t rgb;
};

template <std::size_t count>
constexpr std::array<Color, envs::kInks> inks(const Inked (&table)[count]) {
  static_assert(count == envs::kInks, "a theme has every ink");
  std::array<Color, envs::kInks> colors{};
  for (auto& color : colors) color.alpha = 0;  // stays 0 for an ink that the table omits
  for (const auto& [ink, hex] : table) colors[static_cast<std::size_t>(ink)] = rgb(hex);
  return colors;
}

constexpr Theme kLight{
    .name = "light",
    .inks = inks({{Ink::sky, 0xf6f3ec},
                  {Ink::space, 0xe3e9ef},
                  {Ink::ground, 0xc9c0b0},
                  {Ink::line, 0x5b564d},
                  {Ink::flag_pole, 0x77716a},
                  {Ink::flag, 0xd8922a},
                  {Ink::body, 0x6b5fc4},
                  {Ink::body_edge, 0x3c3480},
                  {Ink::limb, 0x8f87cf},
                  {Ink::limb_edge, 0x3c3480},
                  {Ink::lit, 0x35b873},
                  {Ink::pole, 0xb87f42},
                  {Ink::joint, 0xe9e4f7},
                  {Ink::cart, 0x444a55},
                  {Ink::bar, 0xabb8c6},
                  {Ink::chosen, 0x2371b0},
                  {Ink::velocity, 0x0f8783},
                  {Ink::thrust, 0xcf4f1d},
                  {Ink::text, 0x2b2824}}),
    .paper = rgb(0xfcfaf6),
    .card = rgb(0xffffff).with_alpha(0.84),
    .text = rgb(0x24221f),
    .quiet = rgb(0x6a655d),
    .grid = rgb(0xe3ded3),
    .accent = rgb(0x2371b0),
    .good = rgb(0x2b8a4e),
    .bad = rgb(0xc0402f),
};

constexpr Theme kDark{
    .name = "dark",
    .inks = inks({{Ink::sky, 0x1b222d},
                  {Ink::space, 0x0f141c},
                  {Ink::ground, 0x3b4555},
                  {Ink::line, 0x8793a5},
                  {Ink::flag_pole, 0xb4bdc9},
                  {Ink::flag, 0xe6ba4a},
                  {Ink::body, 0xa395ee},
                  {Ink::body_edge, 0x5d50a8},
                  {Ink::limb, 0x6d64ac},
                  {Ink::limb_edge, 0x5d50a8},
                  {Ink::lit, 0x6fd39b},
                  {Ink::pole, 0xdfa76c},
                  {Ink::joint, 0x2a2f47},
                  {Ink::cart, 0x93a1b5},
                  {Ink::bar, 0x4d6480},
                  {Ink::chosen, 0x62b3f4},
                  {Ink::velocity, 0x6fd6c6},
                  {Ink::thrust, 0xff9a62},
                  {Ink::text, 0xdde3ea}}),
    .paper = rgb(0x131820),
    .card = rgb(0x0c1016).with_alpha(0.78),
    .text = rgb(0xe4e9ef),
    .quiet = rgb(0x94a0b0),
    .grid = rgb(0x2b3442),
    .accent = rgb(0x62b3f4),
    .good = rgb(0x6ccb8f),
    .bad = rgb(0xf08070),
};

/// Gymnasium's colours in CartPole-v1 and LunarLander-v3; it lights no legs and draws no arrows.
constexpr Theme kGym{
    .name = "gym",
    .inks = inks({{Ink::sky, 0xffffff},
                  {Ink::space, 0x000000},
                  {Ink::ground, 0xffffff},
                  {Ink::line, 0x000000},
                  {Ink::flag_pole, 0xffffff},
                  {Ink::flag, 0xcccc00},
                  {Ink::body, 0x8066e6},
                  {Ink::body_edge, 0x4d4d80},
                  {Ink::limb, 0x8066e6},
                  {Ink::limb_edge, 0x4d4d80},
                  {Ink::lit, 0x66e680},
                  {Ink::pole, 0xca9865},
                  {Ink::joint, 0x8184cb},
                  {Ink::cart, 0x000000},
                  {Ink::bar, 0xb4b4c8},
                  {Ink::chosen, 0x1f78d8},
                  {Ink::velocity, 0x0096c8},
                  {Ink::thrust, 0xe65a1e},
                  {Ink::text, 0x303030}}),
    .paper = rgb(0xf2f2f2),
    .card = rgb(0xffffff).with_alpha(0.94),
    .text = rgb(0x202020),
    .quiet = rgb(0x666666),
    .grid = rgb(0xcfcfcf),
    .accent = rgb(0x1f78d8),
    .good = rgb(0x2e8b45),
    .bad = rgb(0xc23b3b),
};

constexpr Theme kThemes[] = {kLight, kDark, kGym};

}  // namespace

std::span<const Theme> themes() { return kThemes; }

const Theme& find_theme(const std::string& name) { return core::find_by_name(kThemes, "theme", name); }

ChartColors chart_colors(const Theme& theme) {
  return {.paper = theme.paper,
          .text = theme.text,
          .quiet = theme.quiet,
          .axis = theme.grid,
          .tick = theme.grid,
          .grid = theme.grid,
          .change = ChartColors{}.change.with_alpha(0.5),
          .landmark = theme.accent};
}

}  // namespace rhoam::render

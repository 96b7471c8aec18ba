#pragma once
#include <string>
#include <vector>

namespace rhoam::compare {

/// The names of settings where they stand below each other.
struct SettingNames {
  std::string head;  ///< the options that all of them name, "actor.rho, critic.rho"; empty: none
  std::vector<std::string> names;  ///< "0.9, 0.99" below such a head, else as they are
};

SettingNames shortened(std::vector<std::string> names);

/// "match, auto"; where a name itself holds a comma, "adam, 0.9; auto".
std::string listed(const std::vector<std::string>& names);

}  // namespace rhoam::compare

#pragma once
#include <vector>

#include "rhoam/optim/transform.h"

namespace rhoam::optim {

/// Neighbouring stages that become one loop over a block: light ones, a stage that takes them along and, at
/// the end of the chain, the momentum and the pull behind it. Stages are borrowed.
template <class Scalar>
struct Link {
  std::vector<Transform<Scalar>*> before;  ///< light
  Transform<Scalar>* stage = nullptr;
  Transform<Scalar>* momentum = nullptr;
  Transform<Scalar>* pull = nullptr;  ///< light

  /// The stage that must see every block before this link runs; null when there is none.
  Transform<Scalar>* reducing() const {
    Transform<Scalar>* first = before.empty() ? stage : before.front();
    return first->reduces() ? first : nullptr;
  }
  /// Gives the block the work to take along, with the amounts of this update.
  void take_along(Block<Scalar>& block) const {
    block.takes_lights = !before.empty() || pull;
    for (const auto* light : before) block.before.add(light->light());
    if (momentum) block.momentum = momentum->momentum(block.begin);
    if (pull) block.pull_after = pull->light().amount;
  }
};

/// The stages of a chain as links; `identity` takes light stages along where no other stage can.
template <class Scalar>
std::vector<Link<Scalar>> make_links(const Stages<Scalar>& stages, Transform<Scalar>& identity);

}  // namespace rhoam::optim

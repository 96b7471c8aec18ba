#include "rhoam/optim/fusion.h"

#include <utility>

namespace rhoam::optim {
namespace {

template <class Scalar>
LightKind kind(const Transform<Scalar>& stage) {
  return stage.light().kind;
}

/// Whether this stage can continue the link.
template <class Scalar>
bool takes(const Link<Scalar>& link, const Transform<Scalar>& next) {
  if (link.stage || next.reduces()) return false;
  return kind(next) == LightKind::none || kind(*link.before.back()) < kind(next);
}

/// Merges a last link that is only a pull, or a momentum with the pull it takes along, into the one before.
template <class Scalar>
void shorten(std::vector<Link<Scalar>>& links) {
  if (links.size() < 2) return;
  Link<Scalar>&last = links.back(), &previous = links[links.size() - 2];
  if (last.reducing() || !previous.stage) return;
  if (!last.stage && last.before.size() == 1 && kind(*last.before[0]) == LightKind::pull)
    previous.pull = last.before[0];
  else if (last.stage && last.before.empty() && !last.momentum && last.stage->momentum(0).m)
    previous.momentum = last.stage, previous.pull = last.pull;
  else
    return;
  links.pop_back();
}

}  // namespace

template <class Scalar>
std::vector<Link<Scalar>> make_links(const Stages<Scalar>& stages, Transform<Scalar>& identity) {
  std::vector<Link<Scalar>> links;
  for (const auto& stage : stages) {
    if (links.empty() || !takes(links.back(), *stage)) links.emplace_back();
    if (kind(*stage) == LightKind::none)
      links.back().stage = stage.get();
    else
      links.back().before.push_back(stage.get());
  }
  shorten(links);  // the pull
  shorten(links);  // the momentum
  if (links.empty()) links.emplace_back();
  for (auto& link : links)
    if (!link.stage) link.stage = &identity;
  return links;
}

template std::vector<Link<float>> make_links(const Stages<float>&, Transform<float>&);
template std::vector<Link<double>> make_links(const Stages<double>&, Transform<double>&);

}  // namespace rhoam::optim

#include "rhoam/core/text.h"
#include "rhoam/lab/experiment.h"

namespace rhoam::lab {

// Each row is a function of its own file in this folder: Lab NAME().
// clang-format off
#define RHOAM_LABS(LAB) \
  LAB(scale_invariance) \
  LAB(canyon) \
  LAB(memory) \
  LAB(rosenbrock) \
  LAB(bias) \
  LAB(centered) \
  LAB(saddle) \
  LAB(batch_norm) \
  LAB(layer_norm) \
  LAB(bilinear) \
  LAB(burst) \
  LAB(curriculum) \
  LAB(architecture_ranking) \
  LAB(hypergradient) \
  LAB(federated) \
  LAB(fairness) \
  LAB(decay) \
  LAB(clipping) \
  LAB(cosine_phase) \
  LAB(timescale) \
  LAB(worked_example) \
  LAB(automatic)
// clang-format on

#define RHOAM_DECLARE(name) Lab name();
RHOAM_LABS(RHOAM_DECLARE)
#undef RHOAM_DECLARE

std::span<const Lab> labs() {
#define RHOAM_CALL(name) name(),
  static const Lab kAll[] = {RHOAM_LABS(RHOAM_CALL)};
#undef RHOAM_CALL
  return kAll;
}

const Lab& find_lab(const std::string& name) { return core::find_by_name(labs(), "experiment", name); }

}  // namespace rhoam::lab

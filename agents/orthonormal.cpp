#include "rhoam/agents/orthonormal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "rhoam/optim/kernel.h"

namespace rhoam::agents {
namespace {

using Vector = std::vector<double>;

/// Up to this many vectors are one block, processed vector by vector, so that every processor gives the same
/// bits.
constexpr int kSmall = 512;
constexpr int kBlock = 16;

/// Four doubles, aligned as one.
typedef double Lanes __attribute__((vector_size(32), aligned(8), may_alias));
constexpr std::size_t kLanes = sizeof(Lanes) / sizeof(double);

using Projections = std::array<double, kBlock>;

double dot(const Vector& a, const Vector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// a·q and b·q for every q of a block. Two by four dot products at a time keep the multipliers busy.
RHOAM_KERNEL void project(const Vector* block, const Vector& a, const Vector& b, Projections& on_a,
                          Projections& on_b) {
  for (int k = 0; k < kBlock; k += 4) {
    Lanes sums_a[4] = {}, sums_b[4] = {};
    for (std::size_t i = 0; i < a.size(); i += kLanes) {
      const Lanes x = *reinterpret_cast<const Lanes*>(&a[i]), y = *reinterpret_cast<const Lanes*>(&b[i]);
      for (int j = 0; j < 4; ++j) {
        const Lanes q = *reinterpret_cast<const Lanes*>(&block[k + j][i]);
        sums_a[j] += x * q;
        sums_b[j] += y * q;
      }
    }
    for (int j = 0; j < 4; ++j) {
      on_a[k + j] = sums_a[j][0] + sums_a[j][1] + sums_a[j][2] + sums_a[j][3];
      on_b[k + j] = sums_b[j][0] + sums_b[j][1] + sums_b[j][2] + sums_b[j][3];
    }
  }
}

/// a ← a − Σ (a·q) q and b likewise.
RHOAM_KERNEL void subtract(const Vector* block, const Projections& on_a, const Projections& on_b, Vector& a,
                           Vector& b) {
  for (std::size_t i = 0; i < a.size(); i += 2 * kLanes) {
    Lanes *x = reinterpret_cast<Lanes*>(&a[i]), *y = reinterpret_cast<Lanes*>(&b[i]);
    Lanes x0 = x[0], x1 = x[1], y0 = y[0], y1 = y[1];
    for (int k = 0; k < kBlock; ++k) {
      const Lanes* q = reinterpret_cast<const Lanes*>(&block[k][i]);
      x0 -= on_a[k] * q[0];
      x1 -= on_a[k] * q[1];
      y0 -= on_b[k] * q[0];
      y1 -= on_b[k] * q[1];
    }
    x[0] = x0, x[1] = x1, y[0] = y0, y[1] = y1;
  }
}

/// Makes the vectors first … last−1 orthogonal to the blocks before them, block after block, each of which
/// stays in the cache meanwhile.
void leave_blocks(std::vector<Vector>& vectors, int first, int last) {
  Projections on_a, on_b;
  Vector none(vectors.front().size());  // paired with the last of an odd number
  for (int block = 0; block < first; block += kBlock)
    for (int r = first; r < last; r += 2) {
      Vector &a = vectors[r], &b = r + 1 < last ? vectors[r + 1] : none;
      project(&vectors[block], a, b, on_a, on_b);
      subtract(&vectors[block], on_a, on_b, a, b);
    }
}

/// Gram–Schmidt within a block, twice for accuracy.
void orthonormalise(std::vector<Vector>& vectors, int first, int last) {
  for (int r = first; r < last; ++r) {
    Vector& vector = vectors[r];
    for (int pass = 0; pass < 2; ++pass)
      for (int q = first; q < r; ++q) {
        const double projection = dot(vector, vectors[q]);
        for (std::size_t i = 0; i < vector.size(); ++i) vector[i] -= projection * vectors[q][i];
      }
    const double norm = std::sqrt(dot(vector, vector));
    for (double& x : vector) x /= norm;
  }
}

}  // namespace

std::vector<Vector> orthonormal(int count, int length, core::Stream& stream) {
  constexpr int kWidth = 2 * kLanes;
  // Rows a multiple of 4 KiB apart would compete for few sets of the cache: three extra lines spread them.
  const int padded = (length + kWidth - 1) / kWidth * kWidth + 3 * kWidth;
  std::vector<Vector> vectors(count, Vector(count > kSmall ? padded : length));
  for (Vector& vector : vectors) std::generate_n(vector.begin(), length, [&] { return stream.normal(); });
  const int block = count > kSmall ? kBlock : count;
  for (int first = 0; first < count; first += block) {
    const int last = std::min(first + block, count);
    leave_blocks(vectors, first, last);
    orthonormalise(vectors, first, last);
  }
  for (Vector& vector : vectors) vector.resize(length);
  return vectors;
}

}  // namespace rhoam::agents

/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_ESTIMATE_H
#define KEEPALIVE_SWEEP_ESTIMATE_H

#include "sweep-options.h"
#include "sweep-plan.h"

#include <ostream>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Answer --dry-run: the plan as a table, what is left out and why, and how long it will
 *        take. A few runs are timed for that, 3 s long, in a process of their own.
 * @param plan the plan
 * @param options how it is to be run
 * @param leftOut combinations that are left out
 * @param out where to print
 */
void TellPlan(const SweepPlan& plan,
              const SweepOptions& options,
              const std::vector<SweepLeftOut>& leftOut,
              std::ostream& out);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_ESTIMATE_H */

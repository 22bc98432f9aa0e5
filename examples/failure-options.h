/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_FAILURE_OPTIONS_H
#define KEEPALIVE_FAILURE_OPTIONS_H

#include "program-options.h"

#include "ns3/failure-plan.h"

namespace ns3
{
namespace keepalive
{

/**
 * @brief Add the options of a FailurePlan to a program.
 * @param options the program's options
 */
void AddFailurePlanOptions(ProgramOptions& options);

/**
 * @brief Make a plan of what was given.
 *
 * It remains to be checked against what the mechanism needs, see FailurePlan::Check.
 *
 * @param options the program's options, parsed
 * @param plan filled in
 * @throw UsageError naming what is wrong
 */
void ReadFailurePlan(const ProgramOptions& options, FailurePlan& plan);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_FAILURE_OPTIONS_H */

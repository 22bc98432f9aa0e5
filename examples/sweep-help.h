/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_HELP_H
#define KEEPALIVE_SWEEP_HELP_H

#include "program-options.h"

#include <set>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief The settings of all mechanisms as options of one program, in groups that a reader of
 *        --help finds his way in: what all have in common, what several labs take, and mechanism by
 *        mechanism what else its lab takes.
 */
class SweepHelp
{
  public:
    /**
     * @brief Add them. Not listed are those for one mechanism alone, such as gre.link-rate.
     * @param options the program's options
     */
    static void AddSettings(ProgramOptions& options);

    /**
     * @brief The names of all that AddSettings adds.
     * @return the names
     */
    static std::set<std::string> GetSettingNames();

    /**
     * @brief What --help says of the option mechanism.
     * @return the text
     */
    static const char* GetMechanisms();
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_HELP_H */

/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_TRANSLATION_H
#define KEEPALIVE_SWEEP_TRANSLATION_H

#include "sweep-plan.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Names that mean the same whatever the mechanism, turned into what a mechanism calls it.
 *
 * The timers of two mechanisms are compared under the names interval and retries; what these are in
 * BGP, whose timers are a keepalive time and a hold time, is said here, and nowhere else. So are
 * the defaults of a sweep that are not those of the lab programs.
 */
class SweepTranslation
{
  public:
    /// A name that every mechanism understands that has such a thing.
    struct CommonName
    {
        std::string name; //!< such as "retries"
        std::string unit; //!< what --help calls its value
        std::string help; //!< what --help says of it
    };

    /**
     * @brief The common names.
     * @return in the order of --help
     */
    static const std::vector<CommonName>& GetCommonNames();

    /**
     * @brief Whether a name is a common one.
     * @param name the name
     * @return true if so
     */
    static bool IsCommon(const std::string& name);

    /**
     * @brief What a common name sets.
     * @param mechanism the mechanism
     * @param name a common name
     * @return options of its lab program, which it may not have; none if the name does not apply
     */
    static std::vector<std::string> GetTargets(const std::string& mechanism,
                                               const std::string& name);

    /**
     * @brief Begin.
     * @param mechanism the mechanism
     * @param own names of the options of its lab program; they must outlive this
     */
    SweepTranslation(std::string mechanism, const std::set<std::string>& own);

    /**
     * @brief Translate.
     * @param settings what is set; what the mechanism does not have is passed over
     * @return options of its lab program and their values, in order of their names
     * @throw UsageError if they contradict each other
     */
    SweepPlan::Settings Translate(const SweepPlan::Settings& settings);

    /**
     * @brief Whether a setting means anything to the mechanism.
     * @param name of the setting
     * @return true if it does
     */
    bool Has(const std::string& name) const;

  private:
    /// What was given for this mechanism.
    struct Given
    {
        std::string name;  //!< what the user called it, for errors
        std::string value; //!< its value
    };

    /**
     * @brief Sort what is set into m_common, m_unprefixed and m_prefixed.
     * @param settings what is set
     */
    void Sort(const SweepPlan::Settings& settings);
    /**
     * @brief Set an option of the lab program.
     * @param option its name
     * @param value its value
     * @param source what the user called it
     * @throw UsageError if something else sets it, too
     */
    void Set(const std::string& option, const std::string& value, const std::string& source);
    /**
     * @brief The value of a common name.
     * @param name the name
     * @return what was given; none if it was not
     */
    std::optional<Given> Find(const std::string& name) const;
    /// Translate interval and retries of TCP.
    void TranslateTcp();
    /// Translate interval and retries of BGP.
    void TranslateBgp();
    /**
     * @brief Translate interval and retries of one end of BGP.
     * @param suffix of the end
     * @param interval time between KEEPALIVEs
     * @param retries how many of them fit into the hold time
     */
    void TranslateBgpEnd(const std::string& suffix, const Given& interval, const Given& retries);
    /// Translate burst, which takes loss with it.
    void TranslateBurst();
    /// Set what a sweep has other than the lab programs, unless it was given.
    void SetDefaults();

    std::string m_mechanism;                   //!< the mechanism
    const std::set<std::string>& m_own;        //!< options of its lab program
    std::map<std::string, Given> m_common;     //!< by common name
    std::map<std::string, Given> m_unprefixed; //!< options of the program, by name
    std::map<std::string, Given> m_prefixed;   //!< those for this mechanism alone, by name
    std::map<std::string, Given> m_set;        //!< what came of it, by option of the program
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_TRANSLATION_H */

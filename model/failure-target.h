/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_FAILURE_TARGET_H
#define KEEPALIVE_FAILURE_TARGET_H

#include "ns3/object.h"

#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Something that can fail and be repaired: a link, a node, an interface.
 *
 * The FailureInjector decides when; a target knows how. Subclasses are the kinds of failure.
 * Failing what has failed already, and repairing what works, changes nothing.
 */
class FailureTarget : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /// Break it.
    void Fail();

    /// Mend it.
    void Repair();

    /**
     * @brief Whether it is broken.
     * @return true between Fail and Repair
     */
    bool HasFailed() const;

    /**
     * @brief The kind of failure, as tables show it.
     * @return a short name such as "silent"
     */
    virtual std::string GetKind() const = 0;

    /**
     * @brief What fails, as tables show it.
     * @return a name such as "R1-C"
     */
    std::string GetName() const;

    /**
     * @brief Name it.
     * @param name a name such as "R1-C"
     */
    void SetName(const std::string& name);

    /**
     * @brief Whether a suspicion of either end would be right while this lasts.
     * @return false for mere disturbances, under which a suspicion is a mistake
     */
    virtual bool IsOutage() const;

  private:
    /// Break it; it works.
    virtual void DoFail() = 0;
    /// Mend it; it is broken.
    virtual void DoRepair() = 0;

    bool m_failed{false}; //!< broken
    std::string m_name;   //!< what it is
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_FAILURE_TARGET_H */

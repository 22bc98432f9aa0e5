/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_FAILURE_TARGET_H
#define KEEPALIVE_FAILURE_TARGET_H

#include "ns3/object.h"

#include <cstdint>
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
 * A target may fail for several reasons at a time: it works again when each has been repaired.
 * Repairing what works changes nothing.
 */
class FailureTarget : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /// One more reason to be broken.
    void Fail();

    /// One reason less; the last one mends it.
    void Repair();

    /**
     * @brief How many reasons there are to be broken.
     * @return failures less repairs
     */
    uint32_t GetNReasons() const;

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

    uint32_t m_reasons{0}; //!< failures less repairs
    std::string m_name;    //!< what it is
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_FAILURE_TARGET_H */

"""The roles of fields: the platform's own terms, which tie a code of a layout to what rules and pages speak of.

A rule says ``decided_on``; which column that is, ``CF_JDRQ`` or another, the definition says. Words of the glossary.
"""

from __future__ import annotations

from xinheng.core.catalogue.item import Effect
from xinheng.core.errors import Text

ROLES: dict[str, Text] = {
    # who it is about
    "counterpart_name": Text(
        "行政相对人名称，登记信息中为主体名称", "name of the counterpart; of the subject in the register"
    ),
    "counterpart_kind": Text("行政相对人类别", "kind of counterpart"),
    "uscc": Text("统一社会信用代码", "unified social credit identifier"),
    "registration_number": Text("工商注册号", "business registration number"),
    "organization_code": Text("组织机构代码", "organisation code"),
    "tax_number": Text("税务登记号", "tax registration number"),
    "taxpayer_number": Text(
        "纳税人识别号（18 位统一社会信用代码，或者 15 位旧号）", "taxpayer number: a unified code, or an old one of 15"
    ),
    "institution_number": Text("事业单位证书号", "public institution certificate number"),
    "social_organization_number": Text("社会组织登记证号", "social organisation certificate number"),
    "legal_representative": Text("法定代表人", "legal representative"),
    "legal_representative_id_kind": Text("法定代表人证件类型", "kind of identity document of the legal representative"),
    "legal_representative_id": Text("法定代表人证件号码", "identity number of the legal representative"),
    "person_id_kind": Text("自然人证件类型", "kind of identity document of a natural person"),
    "person_id": Text("自然人证件号码", "identity number of a natural person"),
    # what was decided
    "decision_number": Text("决定文书号", "decision number"),
    "violation_kind": Text("违法行为类型", "kind of violation"),
    "facts": Text("违法事实", "facts"),
    "legal_basis": Text("处罚依据", "legal basis"),
    "penalty_kinds": Text("处罚类别", "kinds of penalty"),
    "content": Text("处罚内容", "content of the penalty"),
    "fine": Text("罚款金额", "fine"),
    "confiscation": Text("没收金额", "amount confiscated"),
    "licence": Text("暂扣或吊销证照名称及编号", "licence suspended or revoked"),
    "permit_document": Text("许可决定文书名称", "title of the permit decision"),
    "permit_kind": Text("许可类别", "kind of permit"),
    "certificate_name": Text("许可证书名称", "title of the certificate"),
    "certificate_number": Text("许可编号", "number of the certificate"),
    "permit_content": Text("许可内容", "content of the permit"),
    "permit_state": Text("许可当前状态", "state of the permit"),
    "evaluated_year": Text("评价年度", "year evaluated"),
    "list_type": Text("名单类型", "type of list"),
    "listing_ground": Text("列入理由", "ground of the listing"),
    "removal_ground": Text("移出理由", "ground of the removal"),
    "procedure": Text("处罚程序", "procedure"),
    "severity": Text("失信严重程度", "severity"),
    "domain": Text("监管领域", "domain of regulation"),
    "reason": Text("列入原因", "reason of the entry"),
    "grade": Text("评价等级", "grade of an evaluation"),
    "state": Text("履行或者缴费状态", "how far it was kept, fulfilled or paid"),
    "title_of": Text("名称（荣誉、合同、承诺事项）", "title of the honour, contract or commitment"),
    # when, and by whom
    "decided_on": Text("决定日期", "date of decision"),
    "ended_on": Text("移出、终止或者履行完毕日期", "day on which it ended"),
    "period_from": Text("所属期起", "first day of the period"),
    "period_until": Text("所属期止", "last day of the period"),
    "valid_from": Text("有效期自", "valid from"),
    "valid_until": Text("有效期至", "valid until"),
    "removed_on": Text("移出日期", "removed on"),
    "publication_until": Text("公示截止期", "publication until, as the authority gives it"),
    "deciding_authority": Text("作出决定机关", "deciding authority"),
    "deciding_authority_code": Text("作出决定机关统一社会信用代码", "identifier of the deciding authority"),
    "source_agency": Text("数据来源单位", "source agency"),
    "source_agency_code": Text("数据来源单位统一社会信用代码", "identifier of the source agency"),
    "remark": Text("备注", "remark"),
    # the register
    "former_names": Text("曾用名", "former names"),
    "entity_type": Text("企业类型", "kind of entity"),
    "established_on": Text("成立日期", "date of establishment"),
    "status": Text("登记状态", "status of registration"),
    "address": Text("住所", "address"),
    "registration_authority": Text("登记机关", "registration authority"),
    "registration_authority_code": Text("登记机关统一社会信用代码", "identifier of the registration authority"),
    "region": Text("行政区划", "region"),
    "industry": Text("行业", "industry"),
    "capital": Text("注册资本", "registered capital"),
    "changed_on": Text("变更日期", "date of the registration change"),
}

# Without these a record could have an effect that nobody can trace or contest (design §1, principle 3).
NEEDED: dict[Effect, tuple[str, ...]] = {
    Effect.ADVERSE: (
        "counterpart_name",
        "uscc",
        "decision_number",
        "legal_basis",
        "decided_on",
        "deciding_authority",
    ),
    Effect.NEUTRAL: ("counterpart_name", "uscc"),
    Effect.FAVOURABLE: ("counterpart_name", "uscc"),
    Effect.REGISTER: ("counterpart_name", "uscc"),
}
